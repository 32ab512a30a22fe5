"""The PyTorch side of the step-time benchmark: reads a method's name and, for SL-SAM, the active arms; takes one training step; answers with its seconds.

The model is that of Model/Encoder.cs, operator by operator. SAM and SL-SAM are written from the papers' formulas in the way of the released code:
a closure, two passes through the whole network, a copy of the weights, PyTorch's own AdamW; but, kinder than the released code, a copy of
the active weights only.
"""

import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional

CLASSES = 2


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.expand, self.contract = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, hidden):
        batch, length, width = hidden.shape

        def split(projected):
            return projected.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(width // self.heads)
        mixed = torch.matmul(scores.softmax(-1), value).transpose(1, 2).reshape(batch, length, width)
        hidden = self.norm1(hidden + self.output(mixed))
        return self.norm2(hidden + self.contract(functional.gelu(self.expand(hidden))))


class Encoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.tokens = nn.Embedding(shape["vocabulary"], shape["width"])
        self.blocks = nn.ModuleList(Block(shape["width"], shape["heads"]) for _ in range(shape["blocks"]))
        self.head = nn.Linear(shape["width"], CLASSES)

    def forward(self, ids):
        hidden = self.tokens(ids)
        for block in self.blocks:
            hidden = block(hidden)
        return self.head(hidden.mean(1))


class AdamW:
    def __init__(self, model):
        self.parameters = list(model.parameters())
        self.base = torch.optim.AdamW(self.parameters, lr=1e-4, weight_decay=0.01)

    def step(self, loss):
        self.base.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        self.base.step()
        return value.item()


class Sam(AdamW):
    rho = 0.05

    def active(self):
        return self.parameters

    def learn(self, norms):
        pass

    def step(self, loss):
        active = self.active()
        self.base.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        with torch.no_grad():
            norms = torch.stack([p.grad.norm() for p in active])
            scale = self.rho / (norms.norm() + 1e-12)
            saved = [p.clone() for p in active]
            for p in active:
                p.add_(p.grad * scale)
        self.base.zero_grad(set_to_none=True)
        loss().backward()
        with torch.no_grad():
            for p, before in zip(active, saved):
                p.copy_(before)
        self.base.step()
        self.learn(norms.tolist())
        return value.item()


class SlSam(Sam):
    """The arms are parameters, as in the released code. Who draws them is the caller: both sides of a comparison may then work on the same ones."""

    sparsity, alpha = 0.2, 0.001

    def __init__(self, model):
        super().__init__(model)
        self.arms = self.arms_of(model)
        self.probabilities = [self.sparsity] * len(self.arms)
        self.chosen = []

    def arms_of(self, model):
        return [[p] for p in model.parameters()]

    def active(self):
        chosen = set(self.chosen)
        for i, arm in enumerate(self.arms):
            for p in arm:
                p.requires_grad_(i in chosen)
        return [p for i in self.chosen for p in self.arms[i]]

    def learn(self, norms):
        rewards, next_norm = {}, 0
        for i in self.chosen:
            count = len(self.arms[i])
            rewards[i] = sum(n * n for n in norms[next_norm:next_norm + count]) / self.probabilities[i] ** 2
            next_norm += count
        top = max(rewards.values())
        weights = [p * math.exp(-self.alpha * (top - rewards[i]) / p) if i in rewards else p for i, p in enumerate(self.probabilities)]
        budget, rest = self.sparsity * len(weights), sum(weights)
        for i in sorted(range(len(weights)), key=lambda i: -weights[i]):
            if weights[i] * budget <= rest:
                break
            self.probabilities[i], rest, budget = 1.0, rest - weights[i], budget - 1
            weights[i] = None
        for i, w in enumerate(weights):
            if w is not None:
                self.probabilities[i] = min(1.0, max(1e-8, w * budget / max(rest, 1e-5)))


class SlSamOfLayers(SlSam):
    """The same with arms that are layers, as ours are."""

    def arms_of(self, model):
        return [list(model.tokens.parameters()), *(list(b.parameters()) for b in model.blocks), list(model.head.parameters())]


class Contestant:
    """A method with a model and a batch of its own, made when it is asked for."""

    def __init__(self, method, shape):
        self.device = torch.device(shape["device"])
        self.model = Encoder(shape).to(device=self.device, dtype=getattr(torch, shape["type"]))
        self.optimizer = method(self.model)
        self.ids = torch.randint(0, shape["vocabulary"], (shape["batch"], shape["length"])).to(self.device)
        self.labels = torch.randint(0, CLASSES, (shape["batch"],)).to(self.device)

    def synchronize(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize()

    def seconds(self, chosen):
        if chosen:
            self.optimizer.chosen = chosen
        self.synchronize()
        start = time.perf_counter()
        self.optimizer.step(lambda: functional.cross_entropy(self.model(self.ids), self.labels))
        self.synchronize()
        return time.perf_counter() - start


def main():
    shape = json.loads(sys.argv[1])
    torch.set_num_threads(shape["threads"])
    torch.manual_seed(0)
    methods = {"adamw": AdamW, "sam": Sam, "slsam": SlSam, "slsam-layers": SlSamOfLayers}
    contestants = {}
    print(torch.__version__, flush=True)
    for line in sys.stdin:
        name, _, chosen = line.strip().partition(" ")
        if name not in contestants:
            contestants[name] = Contestant(methods[name], shape)
        print(repr(contestants[name].seconds([int(arm) for arm in chosen.split(",")] if chosen else [])), flush=True)


main()
