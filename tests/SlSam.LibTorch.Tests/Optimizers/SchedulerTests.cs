using SlSam.LibTorch.Tests.Reference;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace SlSam.LibTorch.Tests.Optimizers;

/// <summary>Sequences of learning rates, against PyTorch's.</summary>
public class SchedulerTests
{
    private static readonly Dictionary<string, Func<Optimizer, lr_scheduler.LRScheduler>> s_cases = new()
    {
        ["StepLR(o, 3, 0.5)"] = o => lr_scheduler.StepLR(o, 3, 0.5),
        ["MultiStepLR(o, [2, 3, 7], 0.3)"] = o => lr_scheduler.MultiStepLR(o, [2, 3, 7], 0.3),
        ["ExponentialLR(o, 0.9)"] = o => lr_scheduler.ExponentialLR(o, 0.9),
        ["ConstantLR(o, 0.25, 4)"] = o => lr_scheduler.ConstantLR(o, 0.25, 4),
        ["LinearLR(o, 0.1, 0.8, 6)"] = o => lr_scheduler.LinearLR(o, 0.1, 0.8, 6),
        ["PolynomialLR(o, 7, 2.0)"] = o => lr_scheduler.PolynomialLR(o, 7, 2.0),
        ["CosineAnnealingLR(o, 5, 0.01)"] = o => lr_scheduler.CosineAnnealingLR(o, 5, 0.01),
        ["LambdaLR(o, lambda e: 1 / (e + 1))"] = o => lr_scheduler.LambdaLR(o, e => 1.0 / (e + 1)),
        ["MultiplicativeLR(o, lambda e: 1 - e / 20)"] = o => lr_scheduler.MultiplicativeLR(o, e => 1 - e / 20.0),
        ["SequentialLR(o, [LinearLR(o, 0.1, 1.0, 3), CosineAnnealingLR(o, 6), ExponentialLR(o, 0.5)], [3, 8])"] = o => lr_scheduler.SequentialLR(
            o, [lr_scheduler.LinearLR(o, 0.1, 1.0, 3), lr_scheduler.CosineAnnealingLR(o, 6), lr_scheduler.ExponentialLR(o, 0.5)], [3, 8]),
        ["OneCycleLR(o, [0.4, 0.2], 14)"] = o => lr_scheduler.OneCycleLR(o, [0.4, 0.2], 14),
        ["OneCycleLR(o, 0.3, epochs=2, steps_per_epoch=8, pct_start=0.4, anneal_strategy='linear', base_momentum=0.5, max_momentum=0.7, div_factor=10, final_div_factor=100, three_phase=True)"] =
            o => lr_scheduler.OneCycleLR(
                o, 0.3, epochs: 2, steps_per_epoch: 8, pct_start: 0.4, anneal_strategy: lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear,
                base_momentum: 0.5, max_momentum: 0.7, div_factor: 10, final_div_factor: 100, three_phase: true),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void RatesEqualPyTorchs(string python)
    {
        using var scope = NewDisposeScope();
        using var optimizer = SGD(
            [
                new SGD.ParamGroup([nn.Parameter(zeros(1))], 0.4, momentum: 0.9),
                new SGD.ParamGroup([nn.Parameter(zeros(1))], 0.06, momentum: 0.9),
            ], 0.4, momentum: 0.9);
        var scheduler = s_cases[python](optimizer);
        var (rates, momenta) = (new List<double>(), new List<double>());
        for (var epoch = 0; epoch < 13; epoch++)
        {
            rates.AddRange(optimizer.ParamGroups.Select(group => group.LearningRate));
            momenta.AddRange(optimizer.ParamGroups.Select(group => ((IMomentum)group).Momentum));
            Assert.Equal(scheduler.get_last_lr(), optimizer.ParamGroups.Select(group => group.LearningRate));
            scheduler.step();
        }

        PyTorch.AssertSame(
            $$"""
            from torch.optim.lr_scheduler import *
            import warnings; warnings.simplefilter("ignore")
            o = torch.optim.SGD([{"params": [torch.zeros(1)], "lr": 0.4}, {"params": [torch.zeros(1)], "lr": 0.06}], 0.4, momentum=0.9)
            s = {{python}}
            rates, momenta = [], []
            for epoch in range(13):
                rates += [g["lr"] for g in o.param_groups]
                momenta += [g["momentum"] for g in o.param_groups]
                s.step()
            out["rates"], out["momenta"] = rates, momenta
            """, [("rates", tensor(rates.ToArray())), ("momenta", tensor(momenta.ToArray()))], tolerance: 1e-14);
    }

    [Fact]
    public void ASequenceRefusesAnotherNumberOfMilestones()
    {
        using var optimizer = SGD([nn.Parameter(zeros(1))], 0.4);
        Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(optimizer, [lr_scheduler.ExponentialLR(optimizer)], [1]));
    }
}
