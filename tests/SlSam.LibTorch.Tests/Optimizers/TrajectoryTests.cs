using SlSam.LibTorch.Tests.Reference;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests.Optimizers;

/// <summary>Ten steps of every optimizer and option, against PyTorch's.</summary>
public class TrajectoryTests
{
    private static readonly Dictionary<string, Func<Parameter[], optim.Optimizer>> s_cases = new()
    {
        ["SGD(ps, 0.1)"] = ps => optim.SGD(ps, 0.1),
        ["SGD(ps, 0.1, momentum=0.9, dampening=0.2, weight_decay=0.05)"] = ps => optim.SGD(ps, 0.1, 0.9, 0.2, 0.05),
        ["SGD(ps, 0.1, momentum=0.9, nesterov=True)"] = ps => optim.SGD(ps, 0.1, 0.9, nesterov: true),
        ["SGD(ps, 0.01, momentum=0.9, maximize=True)"] = ps => optim.SGD(ps, 0.01, 0.9, maximize: true),
        ["Adam(ps, 0.1)"] = ps => optim.Adam(ps, 0.1),
        ["Adam(ps, 0.1, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.05)"] = ps => optim.Adam(ps, 0.1, 0.8, 0.95, 1e-4, 0.05),
        ["Adam(ps, 0.1, amsgrad=True)"] = ps => optim.Adam(ps, 0.1, amsgrad: true),
        ["Adam(ps, 0.01, maximize=True)"] = ps => optim.Adam(ps, 0.01, maximize: true),
        ["AdamW(ps, 0.1, weight_decay=0)"] = ps => optim.AdamW(ps, 0.1),
        ["AdamW(ps, 0.1, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.05)"] = ps => optim.AdamW(ps, 0.1, 0.8, 0.95, 1e-4, 0.05),
        ["AdamW(ps, 0.1, amsgrad=True, weight_decay=0)"] = ps => optim.AdamW(ps, 0.1, amsgrad: true),
        ["AdamW([{'params': ps[:1], 'lr': 0.2, 'betas': (0.5, 0.6)}, {'params': ps[1:], 'weight_decay': 0.3}], 0.1, weight_decay=0.02)"] = ps => optim.AdamW(
            [
                new AdamW.ParamGroup { Parameters = ps[..1], Options = new() { LearningRate = 0.2, beta1 = 0.5, beta2 = 0.6 } },
                new AdamW.ParamGroup { Parameters = ps[1..], Options = new() { weight_decay = 0.3 } },
            ], 0.1, weight_decay: 0.02),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void TrajectoryEqualsPyTorchs(string python)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var (a, b, unused) = (Parameter64(3, 4), Parameter64(4), Parameter64(2));
        using var optimizer = s_cases[python]([a, b, unused]);

        var losses = new List<double>();
        for (var step = 0; step < 10; step++)
        {
            var loss = optimizer.step(() =>
            {
                optimizer.zero_grad();
                var value = a.mul(b).cos().sum() + a.pow(2).sum() * 0.1 + b.pow(4).sum();
                value.backward();
                return value;
            });
            losses.Add(loss!.item<double>());
        }

        PyTorch.AssertSame(
            $"""
            torch.manual_seed(7)
            a, b, unused = [torch.randn(s, dtype=torch.float64, requires_grad=True) for s in ((3, 4), (4,), (2,))]
            ps = [a, b, unused]
            optimizer = torch.optim.{python}
            losses = []
            for step in range(10):
                optimizer.zero_grad()
                loss = (a * b).cos().sum() + (a ** 2).sum() * 0.1 + (b ** 4).sum()
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
            out["losses"], out["a"], out["b"], out["unused"] = losses, a, b, unused
            """,
            [("losses", tensor(losses.ToArray())), ("a", a), ("b", b), ("unused", unused)], tolerance: 1e-13);
    }

    private static Parameter Parameter64(params long[] shape) => nn.Parameter(randn(shape, dtype: ScalarType.Float64));
}
