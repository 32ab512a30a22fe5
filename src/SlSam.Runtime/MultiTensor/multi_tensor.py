# TorchScript, compiled once when the first optimizer is built. Each function does one phase of a step for a whole list of tensors, so that
# a phase is one call whatever the number of parameters. On a GPU the lists go to libtorch's _foreach operators, a handful of kernels in all.
# On a CPU a large tensor is worked through in pieces that stay in the cache; elementwise operations give the same bits either way.
#
# A tensor without a gradient has an undefined one, which has no elements; there is no other test for it in TorchScript. Outside Python,
# TorchScript knows dtypes by number only: 7 is float64.


def pieces(tensor: Tensor) -> List[Tensor]:
    return tensor.view(-1).split(262144)


def in_pieces(parameter: Tensor, gradient: Tensor) -> bool:
    return parameter.numel() > 262144 and not parameter.is_cuda and parameter.is_contiguous() and gradient.is_contiguous()


def with_gradient(parameters: List[Tensor]) -> List[Tensor]:
    chosen: List[Tensor] = []
    for p in parameters:
        if p.grad.numel() > 0:
            chosen.append(p)
    return chosen


def has_gradient(parameters: List[Tensor]) -> Tensor:
    return torch.tensor([p.grad.numel() > 0 for p in parameters])


def gradient_norms(parameters: List[Tensor], loss: Tensor) -> Tensor:
    """The L2 norm of each gradient that there is, then the loss: float64, on the CPU, in one transfer."""
    gradients = [p.grad for p in with_gradient(parameters)]
    norms: List[Tensor] = []
    if len(gradients) > 0:
        norms = torch._foreach_norm(gradients)
    norms.append(loss.detach().reshape([]))
    dtype = loss.dtype
    same = True
    for norm in norms:
        same = same and norm.dtype == dtype
    if not same:
        norms = [norm.to(7) for norm in norms]
    return torch.stack(norms).to(device="cpu", dtype=7)


def save(tensors: List[Tensor], exact: bool) -> Tensor:
    """Copies tensors into one vector; type promotion among floating-point types loses nothing, float64 holds integers exactly."""
    if exact:
        return torch.cat([t.reshape(-1).to(7) for t in tensors])
    return torch.cat([t.reshape(-1) for t in tensors])


def restore(tensors: List[Tensor], saved: Tensor) -> None:
    offset = 0
    for t in tensors:
        count = t.numel()
        t.copy_(saved.narrow(0, offset, count).view(t.shape))
        offset += count


def perturb(parameters: List[Tensor], scale: float) -> None:
    """w + scale * g for every parameter that has a gradient."""
    chosen = with_gradient(parameters)
    if len(chosen) > 0 and chosen[0].is_cuda:
        torch._foreach_add_(chosen, [p.grad for p in chosen], alpha=scale)
    else:
        for p in chosen:
            p.add_(p.grad, alpha=scale)


def scale_gradients(parameters: List[Tensor], factor: float) -> None:
    for p in parameters:
        p.grad.mul_(factor)


def zero_gradients(values: List[Tensor]) -> None:
    for v in values:
        v.grad.zero_()


def gather_masked(parameters: List[Tensor], values: List[Tensor], indices: List[Tensor]) -> Tensor:
    """values = the entries of each parameter; their gradients += those of the parameter's, where it has one. Returns where it has."""
    present = has_gradient(parameters)
    for i, p in enumerate(parameters):
        values[i].copy_(p.take(indices[i]))
        if p.grad.numel() > 0:
            values[i].grad.add_(p.grad.take(indices[i]))
    return present


def scatter_masked(parameters: List[Tensor], values: List[Tensor], indices: List[Tensor]) -> None:
    for i, p in enumerate(parameters):
        p.put_(indices[i], values[i])


def sgd_one(parameter: Tensor, gradient: Tensor, momentum_buffer: Tensor, first: bool, learning_rate: float, weight_decay: float,
            momentum: float, dampening: float, nesterov: bool) -> None:
    step = gradient
    if weight_decay != 0:
        step = step.add(parameter, alpha=weight_decay)
    if momentum != 0:
        if first:
            momentum_buffer.copy_(step)
        else:
            momentum_buffer.mul_(momentum).add_(step, alpha=1 - dampening)
        if nesterov:
            step = step.add(momentum_buffer, alpha=momentum)
        else:
            step = momentum_buffer
    parameter.add_(step, alpha=-learning_rate)


def sgd(parameters: List[Tensor], momentum_buffers: List[Tensor], coefficients: Tensor, momentum: float, dampening: float, nesterov: bool) -> None:
    """coefficients: for each parameter the learning rate, the weight decay and 1 if it is the parameter's first update."""
    rows: List[List[float]] = coefficients.tolist()
    for i, p in enumerate(parameters):
        row = rows[i]
        g = p.grad
        buffer = p
        if momentum != 0:
            buffer = momentum_buffers[i]
        if in_pieces(p, g):
            buffers = pieces(buffer)
            gradients = pieces(g)
            for j, piece in enumerate(pieces(p)):
                sgd_one(piece, gradients[j], buffers[j], row[2] == 1, row[0], row[1], momentum, dampening, nesterov)
        else:
            sgd_one(p, g, buffer, row[2] == 1, row[0], row[1], momentum, dampening, nesterov)


def adam_one(parameter: Tensor, gradient: Tensor, exp_avg: Tensor, exp_avg_sq: Tensor, decay: float, l2: float, root: float, step: float,
             beta1: float, beta2: float, epsilon: float) -> None:
    if decay != 1:
        parameter.mul_(decay)
    if l2 != 0:
        gradient = gradient.add(parameter, alpha=l2)
    exp_avg.mul_(beta1).add_(gradient, alpha=1 - beta1)
    exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
    parameter.addcdiv_(exp_avg, exp_avg_sq.sqrt().div_(root).add_(epsilon), value=-step)


def adam(parameters: List[Tensor], exp_avgs: List[Tensor], exp_avg_sqs: List[Tensor], coefficients: Tensor,
         beta1: float, beta2: float, epsilon: float) -> None:
    """coefficients: for each parameter the decoupled decay factor, the L2 weight decay, sqrt(1 - beta2^t) and lr / (1 - beta1^t)."""
    if len(parameters) > 0 and parameters[0].is_cuda:
        columns = coefficients.unbind(1)
        gradients = [p.grad for p in parameters]
        decays = [x.item() for x in columns[0].unbind()]
        roots = [x.item() for x in columns[2].unbind()]
        steps = [(-x).item() for x in columns[3].unbind()]
        torch._foreach_mul_(parameters, decays)
        if bool(columns[1].any()):
            l2 = [x.item() for x in columns[1].unbind()]
            gradients = torch._foreach_add(torch._foreach_mul(parameters, l2), gradients)
        torch._foreach_mul_(exp_avgs, beta1)
        torch._foreach_add_(exp_avgs, gradients, alpha=1 - beta1)
        torch._foreach_mul_(exp_avg_sqs, beta2)
        torch._foreach_addcmul_(exp_avg_sqs, gradients, gradients, 1 - beta2)
        denominators = torch._foreach_sqrt(exp_avg_sqs)
        torch._foreach_div_(denominators, roots)
        torch._foreach_add_(denominators, epsilon)
        torch._foreach_addcdiv_(parameters, exp_avgs, denominators, steps)
    else:
        rows: List[List[float]] = coefficients.tolist()
        for i, p in enumerate(parameters):
            row = rows[i]
            g = p.grad
            if in_pieces(p, g):
                gradients = pieces(g)
                averages = pieces(exp_avgs[i])
                squares = pieces(exp_avg_sqs[i])
                for j, piece in enumerate(pieces(p)):
                    adam_one(piece, gradients[j], averages[j], squares[j], row[0], row[1], row[2], row[3], beta1, beta2, epsilon)
            else:
                adam_one(p, g, exp_avgs[i], exp_avg_sqs[i], row[0], row[1], row[2], row[3], beta1, beta2, epsilon)


def stacked_norms(tensors: List[Tensor]) -> Tensor:
    """The L2 norm of each tensor, in float64, on their device."""
    return torch.stack([norm.to(7) for norm in torch._foreach_norm(tensors)])


def norms(tensors: List[Tensor]) -> Tensor:
    return stacked_norms(tensors).cpu()


def stretch(factors: List[Tensor], strengths: Tensor) -> None:
    """Multiplies each factor by 1 + its strength."""
    torch._foreach_mul_(factors, [x.item() for x in strengths.add(1).unbind()])


def stretch_by(factors: List[Tensor], strengths: Tensor) -> None:
    """The same with strengths that are on the factors' device, where they stay."""
    for i, scale in enumerate(strengths.add(1).view(-1).unbind()):
        factors[i].mul_(scale)


def balance(factors: List[Tensor], strengths: Tensor) -> None:
    """factors: A and B of each pair in turn; strengths: what they get where A is at least as long as B; where it is not, the opposite."""
    lengths = stacked_norms(factors).view(-1, 2)
    longer = (lengths[:, 0] >= lengths[:, 1]).to(7).mul(2).sub(1)
    stretch_by(factors, strengths.to(device=lengths.device, non_blocking=True).view(-1, 2).mul(longer.unsqueeze(1)))


def lengthen(factors: List[Tensor], amounts: Tensor) -> None:
    """Makes each factor longer by an amount; one that is 0 stays so."""
    lengths = stacked_norms(factors)
    strengths = amounts.to(device=lengths.device, non_blocking=True).div(lengths)
    stretch_by(factors, strengths.where(lengths > 0, torch.zeros_like(lengths)))
