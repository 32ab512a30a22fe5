using SlSam.Runtime.Tests.Golden;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>A multilayer perceptron in float64 whose layer table is written by hand: the engine is tested on it without the generator.</summary>
public sealed class Mlp : nn.Module<Tensor, Tensor>, ISamModel
{
    private readonly string[] _activations;

    public Mlp(string[] activations, params int[] sizes)
        : base(nameof(Mlp))
    {
        _activations = activations;
        Linears = [.. sizes.Zip(sizes.Skip(1), (inputs, outputs) => nn.Linear(inputs, outputs, dtype: ScalarType.Float64))];
        for (var index = 0; index < Linears.Length; index++)
        {
            register_module($"linear{index}", Linears[index]);
        }
    }

    public Mlp(GoldenTrace trace)
        : this(trace.Activations, [trace.InitialParameters[0].Weight[0].Length, .. trace.InitialParameters.Select(layer => layer.Bias.Length)])
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        for (var index = 0; index < Linears.Length; index++)
        {
            var recorded = trace.InitialParameters[index];
            Linears[index].weight!.copy_(tensor(recorded.Weight.SelectMany(row => row).ToArray()).reshape(recorded.Weight.Length, -1));
            Linears[index].bias!.copy_(tensor(recorded.Bias));
        }
    }

    public Linear[] Linears { get; }

    /// <summary>Describes the layer of the linear with an index.</summary>
    public Func<int, Linear, SamLayer> Describe { get; init; } = (index, linear) => new SamLayer($"linear{index}", SamLayerKind.Linear, -1, linear);

    /// <summary>Which pairs of linears, by index, are the factors A and B of a low-rank pair.</summary>
    public (int A, int B)[] Pairs { get; init; } = [];

    public override Tensor forward(Tensor input)
    {
        var activation = input;
        for (var index = 0; index < Linears.Length; index++)
        {
            activation = Linears[index].call(activation);
            if (index < _activations.Length)
            {
                activation = _activations[index] == "relu" ? activation.relu() : activation.tanh();
            }
        }

        return activation;
    }

    IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
        [.. Linears.Select((linear, index) => Describe(index, linear))];

    IReadOnlyList<LoraPair> ISamModel.CreateLoraPairs() =>
        [.. Pairs.Select(pair => new LoraPair($"pair{pair.A}", Linears[pair.A], Linears[pair.B]))];
}
