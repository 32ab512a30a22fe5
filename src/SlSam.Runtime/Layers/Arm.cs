using TorchSharp.Modules;

namespace SlSam;

/// <summary>
/// What a selector chooses: a layer, or one of its parameters (see <see cref="ArmGranularity"/>), with what the last step found out about it.
/// Parameters that did not require gradients when the optimizer was built are frozen and belong to no arm, nor do layers that are always active.
/// </summary>
public sealed class Arm
{
    private readonly ArmStates _states;
    private readonly int _index;

    internal Arm(string name, SamLayer layer, Parameter[] parameters, ArmStates states, int index)
    {
        _states = states;
        _index = index;
        Name = name;
        Layer = layer;
        Parameters = parameters;
        ParameterCount = parameters.Sum(parameter => parameter.numel());
    }

    /// <summary>The layer's name, followed by the parameter's name where an arm is one parameter.</summary>
    public string Name { get; }

    /// <summary>The layer that the arm is, or is a part of.</summary>
    public SamLayer Layer { get; }

    /// <summary>The trainable parameters of the arm.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many numbers the arm's parameters hold.</summary>
    public long ParameterCount { get; }

    /// <summary>What the last step did with this arm.</summary>
    public ArmRole Role => _states.Roles[_index];

    /// <summary>Whether the last step updated this arm.</summary>
    public bool IsActive => Role != ArmRole.Inactive;

    /// <summary>The probability with which the next step chooses this arm, in [0, 1].</summary>
    public double Probability => _states.Selector?.Probability(_index) ?? 1;

    /// <summary>The L2 norm of the arm's gradient in the first pass of the last step that computed it, or NaN before that.</summary>
    public double GradientNorm => _states.GradientNorms[_index];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
