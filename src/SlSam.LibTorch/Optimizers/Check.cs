using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>Ranges of optimizers' options.</summary>
internal static class Check
{
    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0)) throw new ArgumentException($"{name} must be 0 or more, but is {value}.", name);
    }

    public static void DecayRate(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && value < 1)) throw new ArgumentException($"{name} must be in [0, 1), but is {value}.", name);
    }
}
