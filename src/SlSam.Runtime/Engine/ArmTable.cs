using TorchSharp.Modules;

namespace SlSam;

/// <summary>
/// The arms, parameter groups and trained parameters that follow from a model's layers. A layer that is always active has a group, but is no arm; a
/// frozen layer has neither.
/// </summary>
internal sealed class ArmTable
{
    private readonly List<Arm> _arms = [];
    private readonly List<LayerGroup> _groups = [];
    private readonly List<TrainedParameter> _all = [];
    private readonly List<Parameter> _frozen = [];
    private readonly Dictionary<Parameter, SamLayer> _owners = new(ReferenceEqualityComparer.Instance);

    public ArmTable(IReadOnlyList<SamLayer> layers, ArmGranularity granularity, SparseOptions sparse, UpdateRule rule)
    {
        Layers = layers;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (!names.Add(layer.Name))
            {
                throw new ArgumentException($"Two layers are called '{layer.Name}'; every layer of a model needs a name of its own.", "model");
            }

            Add(layer, granularity, sparse, rule);
        }

        All = [.. _all];
        ArmOf = [.. _all.Select(trained => trained.Arm)];
        States.Allocate(_arms.Count);
        CountParameters();
        if (All.Length == 0)
        {
            throw new ArgumentException("The model has no layer with a parameter that requires gradients: there is nothing to train.", "model");
        }
    }

    /// <summary>All layers of the model.</summary>
    public IReadOnlyList<SamLayer> Layers { get; }

    public IReadOnlyList<Arm> Arms => _arms;

    public IReadOnlyList<LayerGroup> Groups => _groups;

    /// <summary>What the last step found out about each arm.</summary>
    public ArmStates States { get; } = new();

    /// <summary>Every trained parameter, in the order of the layers.</summary>
    public TrainedParameter[] All { get; }

    /// <summary>The arm of each trained parameter, or <see cref="TrainedParameter.NoArm"/>.</summary>
    public int[] ArmOf { get; }

    /// <summary>The parameters of frozen layers, and those beside a mask, that require gradients outside of the optimizer.</summary>
    public IReadOnlyList<Parameter> Frozen => _frozen;

    /// <summary>How many numbers are trained.</summary>
    public long TotalParameters { get; private set; }

    /// <summary>Counts what is trained, at first and when a mask has changed.</summary>
    public void CountParameters() => TotalParameters = All.Sum(trained => trained.Count);

    private void Add(SamLayer layer, ArmGranularity granularity, SparseOptions sparse, UpdateRule rule)
    {
        var trainable = layer.Parameters.Where(named => named.Parameter.requires_grad).ToArray();
        foreach (var (name, parameter) in trainable)
        {
            if (!_owners.TryAdd(parameter, layer))
            {
                throw new ArgumentException(
                    $"Layer '{layer.Name}' shares its parameter '{name}' with layer '{_owners[parameter].Name}'; a parameter belongs to one layer.", "model");
            }
        }

        if (layer.Frozen)
        {
            _frozen.AddRange(trainable.Select(named => named.Parameter));
            return;
        }

        var frozen = trainable.ToLookup(named => SparseTraining.StaysFrozen(layer, named.Parameter, sparse));
        _frozen.AddRange(frozen[true].Select(named => named.Parameter));
        trainable = [.. frozen[false]];
        var group = new LayerGroup(layer, rule);
        _groups.Add(group);
        if (trainable.Length == 0)
        {
            return;
        }

        if (layer.AlwaysActive)
        {
            AddTrained(TrainedParameter.NoArm, group, trainable);
        }
        else if (granularity == ArmGranularity.Layer)
        {
            AddArm(layer.Name, layer, group, trainable);
        }
        else
        {
            foreach (var named in trainable)
            {
                AddArm(named.Name.Length == 0 ? layer.Name : $"{layer.Name}.{named.Name}", layer, group, named);
            }
        }
    }

    private void AddArm(string name, SamLayer layer, LayerGroup group, params (string Name, Parameter Parameter)[] parameters)
    {
        AddTrained(_arms.Count, group, parameters);
        _arms.Add(new Arm(name, layer, [.. parameters.Select(named => named.Parameter)], States, _arms.Count));
    }

    private void AddTrained(int arm, LayerGroup group, (string Name, Parameter Parameter)[] parameters)
    {
        foreach (var (name, parameter) in parameters)
        {
            _all.Add(new TrainedParameter(_all.Count, arm, name, parameter, group));
        }
    }
}
