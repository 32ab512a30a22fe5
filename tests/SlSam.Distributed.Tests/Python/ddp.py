"""Trains with PyTorch's DistributedDataParallel: SGD with momentum, and SAM whose first pass is not synchronized."""
import json
import os
import sys

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

torch.set_num_threads(1)
folder = sys.argv[1]
with open(os.path.join(folder, "task.json")) as file:
    task = json.load(file)
dist.init_process_group("gloo")
rank = dist.get_rank()


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Linear(width, width)

    def forward(self, x):
        return x + torch.tanh(self.inner(x))


class Model(nn.Module):
    def __init__(self, blocks, width, classes):
        super().__init__()
        self.stem = nn.Linear(width, width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(blocks))
        self.head = nn.Linear(width, classes)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def make():
    parameters = task["parameters"]
    classes, width = parameters["head.weight"]["shape"]
    model = Model(sum(name.startswith("blocks.") for name in parameters) // 2, width, classes).double()
    model.load_state_dict({name: torch.tensor(p["values"], dtype=torch.float64).view(p["shape"]) for name, p in parameters.items()})
    return DistributedDataParallel(model), width


def batches(width):
    for part in task["parts"][rank]:
        yield torch.tensor(part["input"], dtype=torch.float64).view(-1, width), torch.tensor(part["target"])


def save(name, model):
    if rank == 0:
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(torch.cat([p.detach().flatten() for p in model.parameters()]).tolist(), file)


loss_of = nn.CrossEntropyLoss()

model, width = make()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for x, y in batches(width):
    optimizer.zero_grad()
    loss_of(model(x), y).backward()
    optimizer.step()
save("Plain SGD", model)

model, width = make()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches(width):
    optimizer.zero_grad()
    with model.no_sync():
        loss_of(model(x), y).backward()
    with torch.no_grad():
        before = [p.clone() for p in model.parameters()]
        length = torch.stack([p.grad.norm() for p in model.parameters()]).norm()
        for p in model.parameters():
            p.add_(p.grad, alpha=float(task["rho"] / (length + 1e-12)))
    optimizer.zero_grad()
    loss_of(model(x), y).backward()
    with torch.no_grad():
        for p, weight in zip(model.parameters(), before):
            p.copy_(weight)
    optimizer.step()
save("m-SAM", model)
