using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What a step works on: the parameters that its first pass measures, those that it perturbs, and those that it updates. Layers that are always active
/// are among all three.
/// </summary>
internal sealed class ActiveSet
{
    private readonly ArmTable _table;
    private readonly GradientMix _mix;
    private readonly PerturbableTensors _perturbable;
    private readonly GradientSwitch _gradients;
    private readonly ParameterSet _empty = new();
    private readonly ParameterSet _updated = new();
    private readonly ParameterSet _measured = new();
    private readonly ParameterSet _perturbed = new();
    private readonly ParameterSet _unmixed = new();
    private readonly Predicate<TrainedParameter> _isMeasured;
    private readonly Predicate<TrainedParameter> _isPerturbed;
    private readonly Predicate<TrainedParameter> _isUnperturbed;
    private readonly ArmRole[] _chosen;
    private readonly ArmRole[] _roles;
    private bool _chosenSharpnessAware;
    private bool _gatheredSharpnessAware;
    private bool _isChosen;
    private bool _isGathered;

    public ActiveSet(ArmTable table, GradientMix mix, PerturbableTensors perturbable)
    {
        _table = table;
        _mix = mix;
        _perturbable = perturbable;
        _gradients = new GradientSwitch(table);
        _chosen = new ArmRole[table.Arms.Count];
        _roles = new ArmRole[table.Arms.Count];

        _isMeasured = trained => Role(trained.Arm) == ArmRole.Perturbed;
        _isPerturbed = trained => Role(trained.Arm) == ArmRole.Perturbed && _perturbable.Includes(trained.Dimensions);
        _isUnperturbed = trained => !_isPerturbed(trained);
        Measured = Perturbed = Updated = Mixed = Unmixed = _empty;
    }

    /// <summary>What the first pass computes gradients for.</summary>
    public ParameterSet Measured { get; private set; }

    /// <summary>What is moved before the second pass.</summary>
    public ParameterSet Perturbed { get; private set; }

    /// <summary>What gets a mix of both passes' gradients.</summary>
    public ParameterSet Mixed { get; private set; }

    /// <summary>What gets the second pass's gradient alone: what the first pass has left there, also by a weight that several stages use, is dropped.</summary>
    public ParameterSet Unmixed { get; private set; }

    /// <summary>What the update rule is applied to, with the gradients of the last pass.</summary>
    public ParameterSet Updated { get; private set; }

    /// <summary>Whether something is updated before the first stage of what is perturbed: the second pass needs a graph of the stages between.</summary>
    public bool TrainsBeforePerturbed => Updated.FirstStage < Measured.FirstStage;

    /// <summary>Whether the step has two passes.</summary>
    public bool SharpnessAware { get; private set; }

    /// <summary>How many arms are updated.</summary>
    public int ActiveArms => _roles.Length - Count(ArmRole.Inactive);

    /// <summary>How many arms are perturbed.</summary>
    public int PerturbedArms => SharpnessAware ? Count(ArmRole.Perturbed) : 0;

    /// <summary>
    /// Lets a selector choose, and drops the gradients of what was chosen and of what was chosen before. A choice stands until a step is done with it:
    /// a step that is refused changes nothing, so that the next one has the same choice.
    /// </summary>
    /// <param name="selector">Chooses the arms.</param>
    /// <param name="mayAscend">Whether the step may have two passes.</param>
    public void Choose(LayerSelector selector, bool mayAscend)
    {
        if (!_isChosen)
        {
            Array.Clear(_chosen);
            _chosenSharpnessAware = selector.Select(_chosen);
            _isChosen = true;
        }

        Updated.RequireParameters();
        DropGradients();
        var sharpnessAware = _chosenSharpnessAware && mayAscend;
        if (!_isGathered || _gatheredSharpnessAware != sharpnessAware || !AreSame(_roles, _chosen))
        {
            _chosen.CopyTo(_roles, 0);
            Gather(selector, sharpnessAware);
            Publish();
            DropGradients();
        }
    }

    /// <summary>Lets a selector take arms out of the perturbation, now that their norms are known.</summary>
    public void Narrow(LayerSelector selector, ReadOnlySpan<double> norms)
    {
        selector.Narrow(norms, _roles);
        if (AreSame(_roles, _chosen))
        {
            return;
        }

        for (var arm = 0; arm < _roles.Length; arm++)
        {
            if (_roles[arm] != _chosen[arm] && (_chosen[arm] != ArmRole.Perturbed || _roles[arm] != ArmRole.Updated))
            {
                throw new InvalidOperationException(
                    $"{selector.GetType().Name}.Narrow made arm {arm} {_roles[arm]} that was {_chosen[arm]}; it may only make perturbed arms updated ones.");
            }
        }

        _isGathered = false;
        GatherPerturbed();
        Publish();
    }

    /// <summary>Describes the last choice, whether it still stands, and what the steps have told about the arms.</summary>
    public void DescribeState(StateDescription state)
    {
        state.Flag("stands", () => _isChosen, stands => _isChosen = stands);
        state.Flag("sharpness-aware", () => _chosenSharpnessAware, sharpnessAware => _chosenSharpnessAware = sharpnessAware);
        DescribeRoles("chosen", _chosen);
        DescribeRoles("roles", _table.States.Roles);
        state.Numbers("gradient norms", _table.States.GradientNorms);

        void DescribeRoles(string name, ArmRole[] roles) => state.Integers(
            name,
            () => Array.ConvertAll(roles, role => (long)role),
            read => Array.ConvertAll(read, role => (ArmRole)role).CopyTo(roles, 0),
            read => read.Length == roles.Length && Array.TrueForAll(read, role => role is >= 0 and <= (long)ArmRole.Perturbed)
                ? null
                : $"but must be {roles.Length} from 0 to {(long)ArmRole.Perturbed}");
    }

    /// <summary>The choice has been used up: the next step makes its own.</summary>
    public void Spend() => _isChosen = false;

    /// <summary>Drops the gradients and forgets the sets, since a mask is about to change, and with it what they hold.</summary>
    public void Invalidate()
    {
        DropGradients();
        Measured = Perturbed = Updated = Mixed = Unmixed = _empty;
        _isGathered = false;
    }

    /// <summary>
    /// Lets the parameters of the first pass require gradients, and those that the update needs of the stages before it, so that these stages run once.
    /// </summary>
    public void BeginFirstPass(bool staged)
    {
        _gradients.Keep();
        _gradients.Require(Measured, Updated, staged ? Measured.FirstStage : -1);
    }

    /// <summary>Lets the parameters of the second pass require gradients.</summary>
    public void BeginSecondPass() => _gradients.Require(Updated, Updated, -1);

    /// <summary>Drops the gradients, and makes those parameters require them that did before <see cref="BeginFirstPass"/>.</summary>
    public void TakeBack()
    {
        DropGradients();
        _gradients.TakeBack();
    }

    /// <summary>Brings what stands in for parameters of the step up to date with them.</summary>
    public void Refresh()
    {
        using var _ = no_grad();
        Updated.Refresh();
    }

    /// <summary>Sets the gradients of all parameters of the step to null.</summary>
    public void DropGradients() => Updated.DropGradients();

    /// <summary>Drops the gradients, and makes every parameter require them that did before.</summary>
    public void Release() => _gradients.Release();

    private void Gather(LayerSelector selector, bool sharpnessAware)
    {
        _isGathered = false;
        _updated.Clear();
        var any = false;
        for (var index = 0; index < _table.ArmOf.Length; index++)
        {
            if (Role(_table.ArmOf[index]) != ArmRole.Inactive)
            {
                any = true;
                var trained = _table.All[index];

                // A mask may have no entry in a weight.
                if (trained.Count > 0)
                {
                    trained.Prepare();
                    _updated.Add(trained);
                }
            }
        }

        _updated.Close();
        Updated = _updated;
        if (!any)
        {
            _isChosen = false;
            throw new InvalidOperationException($"{selector.GetType().Name}.Select chose no arm; a step needs at least one.");
        }

        Updated.RequireParameters();

        // A choice without anything to perturb, because of its kind or of its tensors, needs no second pass.
        SharpnessAware = sharpnessAware && Exists(Updated, _isPerturbed);
        Measured = SharpnessAware && !_mix.IncludesOthers ? Part(Updated, _isMeasured, _measured) : Updated;
        Perturbed = Mixed = Unmixed = _empty;
        if (SharpnessAware)
        {
            GatherPerturbed();
        }

        _gatheredSharpnessAware = sharpnessAware;
        _isGathered = true;
    }

    private void GatherPerturbed()
    {
        Perturbed = Part(Measured, _isPerturbed, _perturbed);
        Mixed = _mix.IncludesOthers ? Measured : _mix.IsOn ? Perturbed : _empty;
        Unmixed = _mix.IncludesOthers ? _empty : _mix.IsOn ? Part(Updated, _isUnperturbed, _unmixed) : Updated;
    }

    /// <summary>The parameters of a set that are to be included: the set itself where all are, otherwise another that is filled with them.</summary>
    private static ParameterSet Part(ParameterSet set, Predicate<TrainedParameter> includes, ParameterSet part)
    {
        foreach (var trained in set.Trained)
        {
            if (!includes(trained))
            {
                return Fill(part, set, includes);
            }
        }

        return set;
    }

    private static ParameterSet Fill(ParameterSet part, ParameterSet set, Predicate<TrainedParameter> includes)
    {
        part.Clear();
        foreach (var trained in set.Trained)
        {
            if (includes(trained))
            {
                part.Add(trained);
            }
        }

        part.Close();
        return part;
    }

    private static bool Exists(ParameterSet set, Predicate<TrainedParameter> predicate)
    {
        foreach (var trained in set.Trained)
        {
            if (predicate(trained))
            {
                return true;
            }
        }

        return false;
    }

    private void Publish() => _roles.CopyTo(_table.States.Roles, 0);

    private int Count(ArmRole role)
    {
        var count = 0;
        foreach (var each in _roles)
        {
            count += each == role ? 1 : 0;
        }

        return count;
    }

    private ArmRole Role(int arm) => arm == TrainedParameter.NoArm ? ArmRole.Perturbed : _roles[arm];

    private static bool AreSame(ArmRole[] left, ArmRole[] right) =>
        MemoryMarshal.Cast<ArmRole, int>(left).SequenceEqual(MemoryMarshal.Cast<ArmRole, int>(right));
}
