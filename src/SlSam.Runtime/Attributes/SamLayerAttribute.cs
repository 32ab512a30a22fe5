using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// Marks a field or property of a <see cref="SamModelAttribute">[SamModel]</see> class as a layer: one arm of the
/// bandit. A module, a <c>Sequential</c> or a <c>Parameter</c> is one layer; a <c>ModuleList</c> is one layer for each element.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SamLayerAttribute : Attribute
{
    private double _cost = double.NaN;

    /// <summary>The layer's name in reports and files; the default is the member's name, followed by <c>[i]</c> for the elements of a list.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The position of this layer in the forward pass, counted from 0 over all members with a stage. A list takes one stage for each
    /// element, in its order. The default, -1, means that the model has no stage for this layer and writes its own <c>forward</c>.
    /// </summary>
    public int Stage { get; set; } = -1;

    /// <summary>
    /// The member is a <see cref="SamModelAttribute">[SamModel]</see> itself, or a list of them, and contributes its own layers, named
    /// <c>member.layer</c>, instead of being one; where both have stages, it contributes its own stages too. These are run one at a time,
    /// without the nested model's own <c>call</c> and its hooks. <see cref="AlwaysActive"/> and <see cref="Frozen"/> then hold for all of them.
    /// </summary>
    public bool Expand { get; set; }

    /// <summary>Every step perturbs and updates this layer; it is no arm, and the sparsity counts the others only. A new head, for example.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>No step perturbs or updates this layer: it keeps its place and its stage, and its weights stay as they are.</summary>
    public bool Frozen { get; set; }

    /// <summary>
    /// The cost of the layer's forward pass, finite and at least 0, in any unit that is the same for all layers; of a list, that of each element; with
    /// <see cref="Expand"/>, that of the nested model as a whole. NaN, the default, has it estimated: see <see cref="SamLayer.Cost"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double Cost
    {
        get => _cost;
        set => _cost = Require.NonNegative(value, nameof(Cost));
    }
}
