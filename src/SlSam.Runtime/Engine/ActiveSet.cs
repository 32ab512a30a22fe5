using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>The arms that a step works on. Only their parameters require gradients; what changes from step to step is toggled, nothing else.</summary>
internal sealed class ActiveSet
{
    private readonly ArmTable _table;
    private readonly bool[] _active;
    private readonly bool[] _requiresGrad;
    private TrainedParameter[] _trained = [];

    public ActiveSet(ArmTable table)
    {
        _table = table;
        _active = new bool[table.Arms.Count];
        _requiresGrad = new bool[table.Arms.Count];
        Array.Fill(_requiresGrad, true);
    }

    /// <summary>The parameters of the active arms, in the order of the arms.</summary>
    public Tensor[] Parameters { get; private set; } = [];

    /// <summary>The same parameters with their groups.</summary>
    public ReadOnlySpan<TrainedParameter> Trained => _trained;

    public int ArmCount { get; private set; }

    public long ParameterCount { get; private set; }

    /// <summary>The first stage with an active arm; 0 where the model has no stages.</summary>
    public int FirstStage { get; private set; }

    public bool IsEveryArm => ArmCount == _active.Length;

    public bool Contains(int arm) => _active[arm];

    /// <summary>Lets a selector choose the next active arms, and drops the gradients of these and of those before.</summary>
    /// <returns>Whether the selector asks for a sharpness-aware step.</returns>
    public bool Choose(LayerSelector selector)
    {
        var sharpnessAware = selector.Select(_active);
        if (!Array.Exists(_active, active => active))
        {
            throw new InvalidOperationException($"{selector.GetType().Name}.Select chose no arm; a step needs at least one.");
        }

        DropGradients();
        if (Toggle() || Parameters.Length == 0)
        {
            Gather();
            DropGradients();
        }

        return sharpnessAware;
    }

    /// <summary>Makes every trained parameter require gradients again.</summary>
    public void Release()
    {
        Array.Fill(_active, true);
        Toggle();
    }

    /// <summary>Sets the gradients of the active parameters to null.</summary>
    public void DropGradients()
    {
        foreach (var parameter in Parameters)
        {
            parameter.grad = null;
        }
    }

    private bool Toggle()
    {
        var changed = false;
        for (var arm = 0; arm < _active.Length; arm++)
        {
            if (_active[arm] == _requiresGrad[arm])
            {
                continue;
            }

            foreach (var trained in _table.ParametersOf(arm))
            {
                trained.Parameter.requires_grad = _active[arm];
            }

            _requiresGrad[arm] = _active[arm];
            changed = true;
        }

        return changed;
    }

    private void Gather()
    {
        var trained = new List<TrainedParameter>(_trained.Length);
        ArmCount = 0;
        ParameterCount = 0;
        FirstStage = int.MaxValue;
        for (var arm = 0; arm < _active.Length; arm++)
        {
            _table.Arms[arm].IsActive = _active[arm];
            if (_active[arm])
            {
                trained.AddRange(_table.ParametersOf(arm));
                ArmCount++;
                ParameterCount += _table.Arms[arm].ParameterCount;
                FirstStage = Math.Min(FirstStage, Math.Max(0, _table.Arms[arm].Layer.Stage));
            }
        }

        _trained = [.. trained];
        Parameters = [.. trained.Select(each => each.Parameter)];
    }
}
