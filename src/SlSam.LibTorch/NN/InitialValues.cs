using TorchSharp.Modules;

namespace TorchSharp;

/// <summary>The initial values of PyTorch's layers, drawn in PyTorch's order.</summary>
internal static class InitialValues
{
    /// <summary>Uniform in (-1/sqrt(fan in), 1/sqrt(fan in)): the weight first, then the bias.</summary>
    public static void FanInUniform(Parameter weight, Parameter? bias)
    {
        torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;

        var (fanIn, _) = torch.nn.init.CalculateFanInAndFanOut(weight);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        torch.nn.init.uniform_(bias, -bound, bound);
    }

    /// <summary>Ones for the weight, zeros for the bias.</summary>
    public static void Identity(Parameter? weight, Parameter? bias)
    {
        if (weight is not null) torch.nn.init.ones_(weight);
        if (bias is not null) torch.nn.init.zeros_(bias);
    }
}
