# TorchScript apart from multi_tensor.py: a source that names an operator which libtorch does not have is not compiled.


def gradient_of(parameter: Tensor) -> Tensor:
    """The gradient, in the parameter's layout: the operators ask for it on a GPU and assume it on a CPU."""
    gradient = parameter.grad
    if gradient.stride() != parameter.stride():
        gradient = torch.empty_like(parameter).copy_(gradient)
    return gradient


def fused_adam(parameters: List[Tensor], exp_avgs: List[Tensor], exp_avg_sqs: List[Tensor], steps: List[Tensor], count: int, decoupled: bool,
               learning_rate: float, weight_decay: float, beta1: float, beta2: float, epsilon: float) -> None:
    """steps: for each parameter how often it was updated before, in float32 on its device, where it stays. See multi_tensor.py for the count."""
    parameters = parameters[:count]
    exp_avgs = exp_avgs[:count]
    exp_avg_sqs = exp_avg_sqs[:count]
    steps = steps[:count]
    gradients = [gradient_of(p) for p in parameters]
    without_amsgrad: List[Tensor] = []
    torch._foreach_add_(steps, 1)
    if decoupled:
        torch._fused_adamw_(parameters, gradients, exp_avgs, exp_avg_sqs, without_amsgrad, steps, lr=learning_rate, beta1=beta1, beta2=beta2,
                            weight_decay=weight_decay, eps=epsilon, amsgrad=False, maximize=False)
    else:
        torch._fused_adam_(parameters, gradients, exp_avgs, exp_avg_sqs, without_amsgrad, steps, lr=learning_rate, beta1=beta1, beta2=beta2,
                           weight_decay=weight_decay, eps=epsilon, amsgrad=False, maximize=False)
    assert len(parameters) == count and len(exp_avgs) == count and len(exp_avg_sqs) == count and len(steps) == count
