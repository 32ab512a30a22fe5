using TorchSharp.Modules;

namespace SlSam;

/// <summary>The arms, parameter groups and trained parameters that follow from a model's layers.</summary>
internal sealed class ArmTable
{
    private readonly List<Arm> _arms = [];
    private readonly List<LayerGroup> _groups = [];
    private readonly List<TrainedParameter[]> _parameters = [];
    private int _parameterCount;

    public ArmTable(IReadOnlyList<SamLayer> layers, ArmGranularity granularity, UpdateRule rule)
    {
        var owners = new Dictionary<Parameter, SamLayer>(ReferenceEqualityComparer.Instance);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (!names.Add(layer.Name))
            {
                throw new ArgumentException($"Two layers are called '{layer.Name}'; every layer of a model needs a name of its own.", "model");
            }

            var group = new LayerGroup(layer, rule.LearningRate, rule.WeightDecay);
            _groups.Add(group);
            Add(layer, group, granularity, owners);
        }

        if (_arms.Count == 0)
        {
            throw new ArgumentException("The model has no layer with a parameter that requires gradients: there is nothing to train.", "model");
        }

        All = [.. _parameters.SelectMany(parameters => parameters)];
        TotalParameters = _arms.Sum(arm => arm.ParameterCount);
    }

    public IReadOnlyList<Arm> Arms => _arms;

    public IReadOnlyList<LayerGroup> Groups => _groups;

    /// <summary>Every trained parameter, by arm.</summary>
    public IReadOnlyList<TrainedParameter> All { get; }

    public long TotalParameters { get; }

    /// <summary>The trained parameters of one arm.</summary>
    public ReadOnlySpan<TrainedParameter> ParametersOf(int arm) => _parameters[arm];

    private void Add(SamLayer layer, LayerGroup group, ArmGranularity granularity, Dictionary<Parameter, SamLayer> owners)
    {
        var trainable = layer.Parameters.Where(named => named.Parameter.requires_grad).ToArray();
        foreach (var (name, parameter) in trainable)
        {
            if (!owners.TryAdd(parameter, layer))
            {
                throw new ArgumentException(
                    $"Layer '{layer.Name}' shares its parameter '{name}' with layer '{owners[parameter].Name}'; a parameter belongs to one layer.", "model");
            }
        }

        if (granularity == ArmGranularity.Layer)
        {
            AddArm(layer.Name, layer, group, [.. trainable.Select(named => named.Parameter)]);
            return;
        }

        foreach (var (name, parameter) in trainable)
        {
            AddArm(name.Length == 0 ? layer.Name : $"{layer.Name}.{name}", layer, group, [parameter]);
        }
    }

    private void AddArm(string name, SamLayer layer, LayerGroup group, Parameter[] parameters)
    {
        if (parameters.Length == 0)
        {
            return;
        }

        _arms.Add(new Arm(name, layer, parameters));
        _parameters.Add([.. parameters.Select(parameter => new TrainedParameter(_parameterCount++, parameter, group))]);
    }
}
