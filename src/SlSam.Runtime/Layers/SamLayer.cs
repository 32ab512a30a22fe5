using System.ComponentModel.DataAnnotations;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A layer of a model: the parameters that are chosen, perturbed and updated together.</summary>
public sealed class SamLayer
{
    private readonly double _cost;

    /// <summary>Describes a layer that is one parameter.</summary>
    /// <param name="name">The layer's name, unique in its model.</param>
    /// <param name="kind">What the layer is.</param>
    /// <param name="stage">The stage of the forward pass that the layer is used in, or -1 when the model has no stages.</param>
    /// <param name="parameter">The layer's only parameter.</param>
    public SamLayer(string name, SamLayerKind kind, int stage, Parameter parameter)
        : this(name, kind, stage, [("", parameter ?? throw new ArgumentNullException(nameof(parameter)))]) =>
        _cost = LayerCost.Of(parameter);

    /// <summary>Describes a layer that is a module.</summary>
    /// <param name="name">The layer's name, unique in its model.</param>
    /// <param name="kind">What the layer is.</param>
    /// <param name="stage">The stage of the forward pass that the layer is used in, or -1 when the model has no stages.</param>
    /// <param name="module">The module; its parameters, and those of the modules in it, are the layer's.</param>
    public SamLayer(string name, SamLayerKind kind, int stage, nn.Module module)
        : this(name, kind, stage, (module ?? throw new ArgumentNullException(nameof(module))).named_parameters()) =>
        _cost = LayerCost.Of(module);

    private SamLayer(string name, SamLayerKind kind, int stage, IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(stage, -1);
        Name = name;
        Kind = kind;
        Stage = stage;
        Parameters = [.. parameters];
    }

    /// <summary>The layer's name, unique in its model: <c>head</c>, <c>blocks[3]</c>.</summary>
    public string Name { get; }

    /// <summary>What the layer is.</summary>
    public SamLayerKind Kind { get; }

    /// <summary>The stage of the forward pass that the layer is used in, counted from 0, or -1 when the model has no stages.</summary>
    public int Stage { get; }

    /// <summary>The layer's parameters and their names inside the layer, in the order of their registration.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>Whether every step perturbs and updates the layer; it is no arm then, and the sparsity does not count it.</summary>
    public bool AlwaysActive { get; init; }

    /// <summary>Whether no step perturbs or updates the layer; its parameters require no gradients while an optimizer lives.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether the layer's weights are trained through a salience mask.</summary>
    public bool SparseDelta { get; init; }

    /// <summary>
    /// Whether a forward pass through the layer draws random numbers, as dropout does, as far as the compiler can tell from the types of the
    /// modules in it. Where this is false, a <c>Sequential</c> or the code of a <c>forward</c> may draw all the same.
    /// </summary>
    public bool DrawsRandomNumbers { get; init; }

    /// <summary>
    /// What a forward pass through the layer costs, finite and at least 0, in a unit that is the same for all layers of the model. By default an estimate: the
    /// multiply-adds for one position (a row, a token, a pixel), which are the numbers in its weights of two or more dimensions, tables of embeddings left out. It
    /// knows neither the cost of attention's products nor that a convolution sees fewer positions behind a stride: where these matter, say the cost with
    /// <see cref="SamLayerAttribute.Cost"/>. Reports use it (<see cref="StepReport.Cost"/>), training does not.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double Cost
    {
        get => _cost;
        init => _cost = Require.NonNegative(value, nameof(Cost));
    }

    /// <summary>Lists the layers of a model that is a part of another, as the other knows them.</summary>
    /// <param name="name">The nested model's name in the other, put before the names of its layers.</param>
    /// <param name="stage">The stage of the other model at which the nested model's stage 0 is, or -1 where the other has no stages.</param>
    /// <param name="model">The nested model.</param>
    /// <param name="oneStage">Whether the other model runs the nested one in a single stage, whatever stages it has.</param>
    /// <param name="alwaysActive">Whether all of its layers are always active, except those that are frozen.</param>
    /// <param name="frozen">Whether all of its layers are frozen.</param>
    /// <param name="sparseDelta">Whether all of its layers are trained through a salience mask, except those that are frozen.</param>
    /// <param name="cost">The cost of a forward pass through the nested model, shared out in proportion to its layers' own; null for these.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stage"/> is below -1, or <paramref name="cost"/> negative or not finite.</exception>
    public static IEnumerable<SamLayer> Expand(
        string name, int stage, ISamModel model, bool oneStage = false, bool alwaysActive = false, bool frozen = false, bool sparseDelta = false,
        [Range(0, double.MaxValue)] double? cost = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(stage, -1);
        ArgumentNullException.ThrowIfNull(model);
        var layers = model.CreateLayers();
        var unit = cost is { } whole ? Require.NonNegative(whole, nameof(cost)) / layers.Sum(layer => layer.Cost) : 1;
        return layers.Select(layer =>
        {
            var isFrozen = frozen || layer.Frozen;
            var stageWithin = oneStage ? 0 : Math.Max(0, layer.Stage);
            return new SamLayer($"{name}.{layer.Name}", layer.Kind, stage < 0 ? -1 : stage + stageWithin, layer.Parameters)
            {
                AlwaysActive = !isFrozen && (alwaysActive || layer.AlwaysActive),
                Frozen = isFrozen,
                SparseDelta = !isFrozen && (sparseDelta || layer.SparseDelta),
                DrawsRandomNumbers = layer.DrawsRandomNumbers,
                Cost = double.IsFinite(unit) ? unit * layer.Cost : cost!.Value / layers.Count,
            };
        });
    }

    /// <inheritdoc/>
    public override string ToString() => Stage < 0 ? $"{Name} ({Kind})" : $"{Name} ({Kind}, stage {Stage})";
}
