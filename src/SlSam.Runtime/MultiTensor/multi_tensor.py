# TorchScript, compiled once when the first optimizer is built. Each function does one phase of a step for a whole list of tensors, so that
# a phase is one call whatever the number of parameters. On a GPU the lists go to libtorch's _foreach operators, a handful of kernels in all.
# On a CPU a large tensor is worked through in pieces that stay in the cache; elementwise operations give the same bits either way.
#
# A list comes with the number of its tensors that count (see TensorList). A tensor without a gradient has an undefined one, which has no elements;
# there is no other test for it in TorchScript. Outside Python, TorchScript knows dtypes by number only: 5 is float16, 6 float32, 7 float64, 11 bool
# and 15 bfloat16.
#
# An operator that changes the tensors of a list changes, as far as TorchScript knows, the list alone: where a function has made that list itself and
# does not read it again, the operator is taken for dead code and never runs. So each such list is asserted to have its length at the end.
#
# What is compiled begins with newer_operators.py, or with older_operators.py where libtorch does not know those.


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


def norms_of(tensors: List[Tensor]) -> List[Tensor]:
    """L2 norms; in float32 where the tensors are in half precision, in which a norm overflows, vanishes or loses its digits."""
    half = 0
    for tensor in tensors:
        if tensor.dtype == 5 or tensor.dtype == 15:
            half += 1
    norms: List[Tensor] = []
    if half > 0 and half == len(tensors):
        norms = wide_norms(tensors)
    elif half > 0:
        for tensor in tensors:
            if tensor.dtype == 5 or tensor.dtype == 15:
                norms.append(torch.norm(tensor, 2, dtype=6))
            else:
                norms.append(torch.norm(tensor, 2))
    elif len(tensors) > 0:
        norms = torch._foreach_norm(tensors)
    return norms


def norms_or_missing(parameters: List[Tensor], found: List[Tensor], like: Tensor) -> List[Tensor]:
    """The norms found of the parameters that have a gradient, and -1 in the place of the others."""
    if len(found) == len(parameters):
        return found
    norms: List[Tensor] = []
    next = 0
    for p in parameters:
        if p.grad.numel() > 0:
            norms.append(found[next])
            next += 1
        else:
            norms.append(torch.full_like(like, -1))
    return norms


def read(norms: List[Tensor]) -> Tensor:
    """Numbers of any type as one float64 tensor on the CPU, in one transfer."""
    dtype = norms[0].dtype
    same = True
    for norm in norms:
        same = same and norm.dtype == dtype
    if not same:
        norms = [norm.to(7) for norm in norms]
    return torch.stack(norms).to(device="cpu", dtype=7)


def gradient_norms(parameters: List[Tensor], count: int, loss: Tensor) -> Tensor:
    """The L2 norm of each gradient, -1 where there is none, then the loss."""
    parameters = parameters[:count]
    last = loss.detach().reshape([])
    norms = norms_or_missing(parameters, norms_of([p.grad for p in with_gradient(parameters)]), last)
    return read(norms + [last])


def adaptive_norms(parameters: List[Tensor], count: int, adaptive: List[Tensor], adaptive_count: int, eta: float, loss: Tensor) -> Tensor:
    """The L2 norm of each gradient, then for some of the parameters that of (|w| + eta) g, -1 where there is no gradient, then the loss."""
    parameters = parameters[:count]
    adaptive = adaptive[:adaptive_count]
    last = loss.detach().reshape([])
    norms = norms_or_missing(parameters, norms_of([p.grad for p in with_gradient(parameters)]), last)
    chosen = with_gradient(adaptive)
    scaled: List[Tensor] = []
    if len(chosen) > 0 and chosen[0].is_cuda:
        products = torch._foreach_abs(chosen)
        torch._foreach_add_(products, eta)
        torch._foreach_mul_(products, [p.grad for p in chosen])
        scaled = norms_of(products)
    else:
        for p in chosen:
            scaled += norms_of([p.abs().add_(eta).mul_(p.grad)])
    return read(norms + norms_or_missing(adaptive, scaled, last) + [last])


def save(tensors: List[Tensor], count: int, exact: bool) -> Tensor:
    """Copies tensors into one vector; type promotion among floating-point types loses nothing, float64 holds integers exactly."""
    if exact:
        return torch.cat([t.reshape(-1).to(7) for t in tensors[:count]])
    return torch.cat([t.reshape(-1) for t in tensors[:count]])


def save_into(tensors: List[Tensor], count: int, saved: Tensor) -> None:
    """The same into a vector that was made by it for as many numbers of the same type."""
    torch.cat([t.reshape(-1) for t in tensors[:count]], out=saved)


def restore(tensors: List[Tensor], count: int, saved: Tensor) -> None:
    sources: List[Tensor] = []
    offset = 0
    for t in tensors[:count]:
        sources.append(saved.narrow(0, offset, t.numel()).view(t.shape))
        offset += t.numel()
    if count > 0:
        copy_all(tensors[:count], sources)


def perturb(parameters: List[Tensor], count: int, masks: List[Tensor], masked: bool, scale: float) -> None:
    """w + scale * m * g for every parameter that has a gradient; masks: one for each parameter, or none for any."""
    parameters = parameters[:count]
    if not masked:
        chosen = with_gradient(parameters)
        if len(chosen) > 0 and chosen[0].is_cuda:
            gradients = [p.grad for p in chosen]
            torch._foreach_add_(chosen, gradients, alpha=scale)
            assert len(chosen) == len(gradients)
        else:
            for p in chosen:
                p.add_(p.grad, alpha=scale)
    else:
        for i, p in enumerate(parameters):
            if p.grad.numel() > 0:
                p.add_(p.grad.mul(masks[i]), alpha=scale)


def perturb_adaptive(parameters: List[Tensor], count: int, masks: List[Tensor], masked: bool, eta: float, scale: float) -> None:
    """w + scale * m * (|w| + eta)^2 * g for every parameter that has a gradient; masks: one for each parameter, or none for any."""
    parameters = parameters[:count]
    chosen = with_gradient(parameters)
    if not masked and len(chosen) > 0 and chosen[0].is_cuda:
        steps = torch._foreach_abs(chosen)
        torch._foreach_add_(steps, eta)
        torch._foreach_mul_(steps, steps)
        torch._foreach_mul_(steps, [p.grad for p in chosen])
        torch._foreach_add_(chosen, steps, alpha=scale)
        assert len(chosen) == len(steps)
    else:
        for i, p in enumerate(parameters):
            if p.grad.numel() > 0:
                step = p.abs().add_(eta).square_().mul_(p.grad)
                if masked:
                    step.mul_(masks[i])
                p.add_(step, alpha=scale)


def top_entries(parameters: List[Tensor], count: int, density: float) -> List[Tensor]:
    """For each parameter where its entries are among the share of all entries with the largest gradients."""
    parameters = parameters[:count]
    sizes: List[Tensor] = []
    for p in parameters:
        if p.grad.numel() > 0:
            sizes.append(p.grad.abs().reshape(-1))
        else:
            sizes.append(torch.zeros_like(p).reshape(-1))
    size = torch.cat(sizes)
    # The product may be a rounding error above the whole number that is meant.
    wanted = density * size.numel() * (1 - 1e-12)
    kept = int(wanted)
    if kept < wanted:
        kept += 1
    mask = torch.zeros_like(size, dtype=11)
    mask.index_fill_(0, size.topk(kept, sorted=False)[1], 1)
    masks: List[Tensor] = []
    offset = 0
    for p in parameters:
        masks.append(mask.narrow(0, offset, p.numel()).view(p.shape).clone())
        offset += p.numel()
    return masks


def scale_gradients(parameters: List[Tensor], count: int, factor: float) -> None:
    gradients = [p.grad for p in with_gradient(parameters[:count])]
    if len(gradients) > 0 and gradients[0].is_cuda:
        torch._foreach_mul_(gradients, factor)
        assert len(gradients) <= count
    else:
        for g in gradients:
            g.mul_(factor)


def clamp_gradients(parameters: List[Tensor], count: int, maximum: float) -> Tensor:
    """Brings every number of the gradients, of which there is one at least, into [-maximum, maximum]; returns their L2 norms then, -1 where there is none."""
    parameters = parameters[:count]
    gradients = [p.grad for p in with_gradient(parameters)]
    for g in gradients:
        g.clamp_(-maximum, maximum)
    norms = norms_of(gradients)
    return read(norms_or_missing(parameters, norms, norms[0]))


# Values that stand in for a parameter, its trained entries or its master copy, keep one tensor for their gradient. Without elements it is no gradient, as an
# undefined one is.


def drop_gradients(values: List[Tensor], count: int) -> None:
    for v in values[:count]:
        v.grad.set_()


def add_gradient(value: Tensor, gradient: Tensor) -> None:
    sum = value.grad
    if sum.numel() > 0:
        sum.add_(gradient)
    else:
        sum.resize_(value.shape)
        sum.copy_(gradient)


def take_over(value: Tensor, current: Tensor) -> None:
    """value = current, except where current is what value rounds to: there value keeps its digits."""
    if value.dtype == current.dtype:
        value.copy_(current)
    else:
        value.copy_(torch.where(value.to(current.dtype).eq(current), value, current.to(value.dtype)))


def refresh_masked(parameters: List[Tensor], values: List[Tensor], indices: List[Tensor], count: int) -> None:
    for i, p in enumerate(parameters[:count]):
        take_over(values[i], p.take(indices[i]))


def gather_masked(parameters: List[Tensor], values: List[Tensor], indices: List[Tensor], count: int) -> None:
    for i, p in enumerate(parameters[:count]):
        if p.grad.numel() > 0:
            add_gradient(values[i], p.grad.take(indices[i]))


def scatter_masked(parameters: List[Tensor], values: List[Tensor], indices: List[Tensor], count: int) -> None:
    for i, p in enumerate(parameters[:count]):
        p.put_(indices[i], values[i].to(p.dtype))


def refresh_masters(parameters: List[Tensor], masters: List[Tensor], count: int) -> None:
    for i, p in enumerate(parameters[:count]):
        size = 262144
        if p.is_cuda:
            size = 1 << 24
        if p.numel() > size and p.is_contiguous() and masters[i].is_contiguous():
            current = p.view(-1).split(size)
            for j, piece in enumerate(masters[i].view(-1).split(size)):
                take_over(piece, current[j])
        else:
            take_over(masters[i], p)


def gather_masters(parameters: List[Tensor], masters: List[Tensor], count: int) -> None:
    """Moves the gradients of parameters to their masters: what is left are zeros, to which a next backward pass adds."""
    moved: List[Tensor] = []
    first: List[Tensor] = []
    targets: List[Tensor] = []
    for i, p in enumerate(parameters[:count]):
        if p.grad.numel() > 0:
            moved.append(p.grad)
            sum = masters[i].grad
            if sum.numel() > 0:
                sum.add_(p.grad)
            else:
                sum.resize_(p.shape)
                targets.append(sum)
                first.append(p.grad)
    if len(first) > 0:
        copy_all(targets, first)
    if len(moved) > 0:
        torch._foreach_zero_(moved)
        assert len(moved) <= count


def scatter_masters(parameters: List[Tensor], masters: List[Tensor], count: int) -> None:
    if count > 0:
        copy_all(parameters[:count], masters[:count])


def return_gradients(parameters: List[Tensor], masters: List[Tensor], count: int) -> None:
    """Gives each parameter the gradient of its master, rounded, and frees the master's."""
    targets: List[Tensor] = []
    sources: List[Tensor] = []
    for i, p in enumerate(parameters[:count]):
        if p.grad.numel() > 0 and masters[i].grad.numel() > 0:
            targets.append(p.grad)
            sources.append(masters[i].grad)
    if len(targets) > 0:
        copy_all(targets, sources)
    drop_gradients(masters, count)


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


def sgd(parameters: List[Tensor], momentum_buffers: List[Tensor], count: int, coefficients: Tensor, momentum: float, dampening: float,
        nesterov: bool) -> None:
    """coefficients: for each parameter the learning rate, the weight decay and 1 if it is the parameter's first update."""
    parameters = parameters[:count]
    if count > 0 and parameters[0].is_cuda:
        columns = coefficients[:count].unbind(1)
        steps = [p.grad for p in parameters]
        if bool(columns[1].any()):
            steps = torch._foreach_add(torch._foreach_mul(parameters, [x.item() for x in columns[1].unbind()]), steps)
        if momentum != 0:
            # The buffers are 0 before the first update, which takes the whole gradient.
            buffers = momentum_buffers[:count]
            torch._foreach_mul_(buffers, momentum)
            shares = columns[2] + (1 - columns[2]) * (1 - dampening)
            torch._foreach_add_(buffers, torch._foreach_mul(steps, [x.item() for x in shares.unbind()]))
            if nesterov:
                steps = torch._foreach_add(steps, torch._foreach_mul(buffers, momentum))
            else:
                steps = buffers
        torch._foreach_add_(parameters, torch._foreach_mul(steps, [(-x).item() for x in columns[0].unbind()]))
        assert len(parameters) == len(steps)
    else:
        rows: List[List[float]] = coefficients.tolist()
        for i, p in enumerate(parameters):
            row = rows[i]
            g = p.grad
            buffer = p
            if momentum != 0:
                buffer = momentum_buffers[i]
            if in_pieces(p, g):
                buffer_pieces = pieces(buffer)
                gradient_pieces = pieces(g)
                for j, piece in enumerate(pieces(p)):
                    sgd_one(piece, gradient_pieces[j], buffer_pieces[j], row[2] == 1, row[0], row[1], momentum, dampening, nesterov)
            else:
                sgd_one(p, g, buffer, row[2] == 1, row[0], row[1], momentum, dampening, nesterov)


def adam_one(parameter: Tensor, gradient: Tensor, exp_avg: Tensor, exp_avg_sq: Tensor, decay: float, l2: float, root: float, step: float,
             beta1: float, beta2: float, epsilon: float) -> None:
    """Where the moments are of a wider type than the parameter, the arithmetic is theirs."""
    weight = parameter.to(exp_avg.dtype)
    gradient = gradient.to(exp_avg.dtype)
    if decay != 1:
        weight.mul_(decay)
    if l2 != 0:
        gradient = gradient.add(weight, alpha=l2)
    exp_avg.mul_(beta1).add_(gradient, alpha=1 - beta1)
    exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
    weight.addcdiv_(exp_avg, exp_avg_sq.sqrt().div_(root).add_(epsilon), value=-step)
    if parameter.dtype != exp_avg.dtype:
        parameter.copy_(weight)


def adam(parameters: List[Tensor], exp_avgs: List[Tensor], exp_avg_sqs: List[Tensor], count: int, coefficients: Tensor,
         beta1: float, beta2: float, epsilon: float) -> None:
    """coefficients: for each parameter the decoupled decay factor, the L2 weight decay, sqrt(1 - beta2^t) and lr / (1 - beta1^t)."""
    parameters = parameters[:count]
    same = True
    for i, p in enumerate(parameters):
        same = same and p.dtype == exp_avgs[i].dtype
    if count > 0 and parameters[0].is_cuda and same:
        first = exp_avgs[:count]
        second = exp_avg_sqs[:count]
        gradients = [p.grad for p in parameters]
        columns = coefficients[:count].unbind(1)
        torch._foreach_mul_(parameters, [x.item() for x in columns[0].unbind()])
        if bool(columns[1].any()):
            gradients = torch._foreach_add(torch._foreach_mul(parameters, [x.item() for x in columns[1].unbind()]), gradients)
        torch._foreach_mul_(first, beta1)
        torch._foreach_add_(first, gradients, alpha=1 - beta1)
        torch._foreach_mul_(second, beta2)
        torch._foreach_addcmul_(second, gradients, gradients, 1 - beta2)
        denominators = torch._foreach_sqrt(second)
        torch._foreach_div_(denominators, [x.item() for x in columns[2].unbind()])
        torch._foreach_add_(denominators, epsilon)
        torch._foreach_addcdiv_(parameters, first, denominators, [(-x).item() for x in columns[3].unbind()])
        assert len(parameters) == count and len(first) == count and len(second) == count and len(denominators) == count
    else:
        rows: List[List[float]] = coefficients.tolist()
        for i, p in enumerate(parameters):
            row = rows[i]
            g = p.grad
            if in_pieces(p, g):
                gradient_pieces = pieces(g)
                averages = pieces(exp_avgs[i])
                squares = pieces(exp_avg_sqs[i])
                for j, piece in enumerate(pieces(p)):
                    adam_one(piece, gradient_pieces[j], averages[j], squares[j], row[0], row[1], row[2], row[3], beta1, beta2, epsilon)
            else:
                adam_one(p, g, exp_avgs[i], exp_avg_sqs[i], row[0], row[1], row[2], row[3], beta1, beta2, epsilon)


def stacked_norms(tensors: List[Tensor]) -> Tensor:
    """The L2 norm of each tensor, in float64, on their device."""
    return torch.stack([norm.to(7) for norm in norms_of(tensors)])


def norms(tensors: List[Tensor]) -> Tensor:
    return read(norms_of(tensors))


def stretch(factors: List[Tensor], count: int, strengths: Tensor) -> None:
    """Multiplies each factor by 1 + its strength."""
    factors = factors[:count]
    torch._foreach_mul_(factors, [x.item() for x in strengths[:count].add(1).view(-1).unbind()])
    assert len(factors) == count


def stretch_by(factors: List[Tensor], strengths: Tensor) -> None:
    """The same with strengths that are on the factors' device, where they stay."""
    for i, scale in enumerate(strengths.add(1).view(-1).unbind()):
        factors[i].mul_(scale)


def balance(factors: List[Tensor], count: int, strengths: Tensor) -> None:
    """factors: A and B of each pair in turn; strengths: what they get where A is at least as long as B; where it is not, the opposite."""
    factors = factors[:count]
    lengths = stacked_norms(factors).view(-1, 2)
    longer = (lengths[:, 0] >= lengths[:, 1]).to(7).mul(2).sub(1)
    stretch_by(factors, strengths[:count].to(device=lengths.device, non_blocking=True).view(-1, 2).mul(longer.unsqueeze(1)))


def lengthen(factors: List[Tensor], count: int, amounts: Tensor) -> None:
    """Makes each factor longer by an amount; one that is 0 stays so."""
    factors = factors[:count]
    lengths = stacked_norms(factors)
    strengths = amounts[:count].view(-1).to(device=lengths.device, non_blocking=True).div(lengths)
    stretch_by(factors, strengths.where(lengths > 0, torch.zeros_like(lengths)))
