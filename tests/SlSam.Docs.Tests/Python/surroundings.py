"""What the SAM loop of docs/from-pytorch.md has around it: a model, a batch, and the optimizer as its library publishes it (davda54/sam)."""
import torch


class SAM(torch.optim.Optimizer):
    def __init__(self, params, base_optimizer, rho=0.05, **kwargs):
        super().__init__(params, dict(rho=rho, **kwargs))
        self.base_optimizer = base_optimizer(self.param_groups, **kwargs)
        self.param_groups = self.base_optimizer.param_groups

    @torch.no_grad()
    def first_step(self, zero_grad=False):
        norm = torch.norm(torch.stack([p.grad.norm() for group in self.param_groups for p in group["params"]]))
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p]["old_p"] = p.data.clone()
                p.add_(p.grad * group["rho"] / (norm + 1e-12))
        if zero_grad:
            self.zero_grad()

    @torch.no_grad()
    def second_step(self, zero_grad=False):
        for group in self.param_groups:
            for p in group["params"]:
                p.data = self.state[p]["old_p"]
        self.base_optimizer.step()
        if zero_grad:
            self.zero_grad()


def _running_stats(model, momentum):
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm1d):
            module.momentum = momentum


def disable_running_stats(model):
    _running_stats(model, 0)


def enable_running_stats(model):
    _running_stats(model, 0.1)


torch.set_num_threads(1)
torch.manual_seed(1)
model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.BatchNorm1d(8), torch.nn.ReLU(), torch.nn.Linear(8, 2))
criterion = torch.nn.CrossEntropyLoss()
_x = torch.randn(32, 4)
batches = [(_x, (_x[:, 0] > 0).long())] * 150
_before = criterion(model(_x), batches[0][1]).item()


def check():
    assert model[1].num_batches_tracked == 301 and loss.item() < 0.95 * _before, (model[1].num_batches_tracked, loss.item(), _before)
