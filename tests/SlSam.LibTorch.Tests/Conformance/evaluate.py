"""Evaluates expressions of PyTorch, one a line of standard input, and prints values and gradients as JSON, bit for bit."""
import json
import sys

import torch
import torch.nn.functional as F  # noqa: F401 (for the expressions)

torch.set_num_threads(1)


def exact(tensor):
    if tensor is None:
        return None
    flat = tensor.detach().contiguous().reshape(-1)
    raw = bytes(flat.view(torch.uint8).tolist()) if flat.numel() else b""
    return {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "hex": raw.hex()}


def evaluate(expression):
    torch.manual_seed(20)
    x = torch.randn(4, 6, dtype=torch.float64, requires_grad=True)
    y = torch.randn(4, 6, dtype=torch.float64, requires_grad=True)
    p = (torch.rand(4, 6, dtype=torch.float64) + 0.5).requires_grad_()
    scope = {"torch": torch, "F": F, "x": x, "y": y, "p": p, "i": torch.randint(0, 4, (5,)), "m": torch.rand(4, 6) > 0.5}
    result = eval(expression, scope)
    outputs = list(result) if isinstance(result, (tuple, list)) else [result]
    outputs = [o if isinstance(o, torch.Tensor) else torch.tensor(o) for o in outputs]
    gradients = [None, None, None]
    smooth = [o for o in outputs if o.requires_grad]
    if smooth:
        loss = sum((o * torch.linspace(1, 2, o.numel(), dtype=torch.float64).view_as(o)).sum() for o in smooth)
        gradients = torch.autograd.grad(loss, [x, y, p], allow_unused=True)
    return {"values": [exact(o) for o in outputs], "gradients": [exact(g) for g in gradients]}


print(json.dumps({"version": torch.__version__}))
for line in sys.stdin:
    try:
        print(json.dumps(evaluate(line)))
    except Exception as error:
        print(json.dumps({"error": str(error)}))
