using SlSam.LibTorch.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>Initializers, against PyTorch's from the same seed.</summary>
public class InitTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_cases = new()
    {
        ["uniform_(w, -2, 3)"] = w => init.uniform_(w, -2, 3),
        ["normal_(w, 1, 0.5)"] = w => init.normal_(w, 1, 0.5),
        ["constant_(w, 4)"] = w => init.constant_(w, 4),
        ["ones_(w)"] = w => init.ones_(w),
        ["zeros_(w)"] = w => init.zeros_(w),
        ["xavier_uniform_(w, 1.5)"] = w => init.xavier_uniform_(w, 1.5),
        ["xavier_normal_(w)"] = w => init.xavier_normal_(w),
        ["kaiming_uniform_(w, a=0.3, mode='fan_out')"] = w => init.kaiming_uniform_(w, 0.3, init.FanInOut.FanOut),
        ["kaiming_normal_(w, nonlinearity='relu')"] = w => init.kaiming_normal_(w, nonlinearity: init.NonlinearityType.ReLU),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void InitializerEqualsPyTorchs(string call)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var w = empty(6, 4, 3, dtype: ScalarType.Float64);
        s_cases[call](w);

        PyTorch.AssertSame(
            $"""
            torch.manual_seed(3)
            w = torch.empty(6, 4, 3, dtype=torch.float64)
            out["w"] = nn.init.{call}
            """, [("w", w)]);
    }

    /// <summary>By its definition, since newer PyTorch draws other numbers, by rejection.</summary>
    [SkippableFact]
    public void TruncatedNormalIsTheInverseOfItsDistributionFunctionAtUniformDraws()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var w = init.trunc_normal_(empty(6, 4, 3, dtype: ScalarType.Float64), 0.5, 2, -1, 1.5);

        PyTorch.AssertSame(
            """
            torch.manual_seed(3)
            normal = torch.distributions.Normal(torch.tensor(0.5, dtype=torch.float64), 2)
            low, high = (normal.cdf(torch.tensor(bound, dtype=torch.float64)) for bound in (-1, 1.5))
            out["w"] = normal.icdf(low + (high - low) * torch.rand(6, 4, 3, dtype=torch.float64))
            """, [("w", w)]);
    }

    [Fact]
    public void InitializersLeaveNoGraph()
    {
        using var parameter = Parameter(zeros(3, 2));
        init.xavier_uniform_(parameter);
        Assert.True(parameter.is_leaf);
        Assert.True(parameter.requires_grad);
    }
}
