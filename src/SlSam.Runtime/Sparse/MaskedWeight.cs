using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A parameter of which only some entries are trained.</summary>
/// <param name="Name">The parameter's name in its model.</param>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Parameter">The parameter.</param>
internal sealed record MaskedWeight(string Name, SamLayer Layer, Parameter Parameter)
{
    public long Size { get; } = Parameter.numel();

    /// <summary>The type in which its salience is summed up: half-precision types would lose small terms.</summary>
    public ScalarType ScoreType => Parameter.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : Parameter.dtype;
}
