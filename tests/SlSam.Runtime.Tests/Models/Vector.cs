using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>A model that is one parameter, 0 at the start.</summary>
public sealed class Vector : nn.Module, ISamModel
{
    public Vector(ScalarType dtype)
        : base(nameof(Vector))
    {
        Weight = new Parameter(zeros(4, dtype: dtype));
        Direction = tensor(new[] { 1f, -3f, 5f, 1f }).to(dtype);
        register_parameter("weight", Weight);
    }

    public Parameter Weight { get; }

    /// <summary>A direction of length 6.</summary>
    public Tensor Direction { get; }

    IReadOnlyList<SamLayer> ISamModel.CreateLayers() => [new SamLayer("weight", SamLayerKind.Parameter, -1, Weight)];
}
