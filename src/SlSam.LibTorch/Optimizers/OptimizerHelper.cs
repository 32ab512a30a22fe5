using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>Base of the optimizers that update one tensor after the other.</summary>
public abstract partial class OptimizerHelper : torch.optim.Optimizer
{
    /// <summary>Options of groups that state none of their own.</summary>
    protected OptimizerOptions _defaults = null!;

    /// <summary>The state of each parameter, by its handle.</summary>
    protected OrderedDict<IntPtr, OptimizerState> _state = new();

    /// <summary>Makes an optimizer without parameters.</summary>
    public OptimizerHelper() : base(IntPtr.Zero)
    {
    }

    /// <inheritdoc/>
    public override void zero_grad() => base.zero_grad();

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => base.parameters();

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

    /// <summary>Moves the state of all parameters.</summary>
    /// <param name="device">Where to.</param>
    public void to(torch.Device device)
    {
        foreach (var parameter in parameters()) _state[parameter.Handle].to(device);
    }

    /// <summary>The options of all groups and the state of all parameters: the objects themselves, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            var positions = new List<int>();
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add(positions);
            foreach (var parameter in group.Parameters)
            {
                positions.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter.Handle]);
            }
        }

        return dictionary;
    }

    /// <summary>Copies options and state from those of another optimizer of the same kind.</summary>
    /// <param name="state_dict">What <see cref="state_dict"/> of the other returned.</param>
    /// <exception cref="ArgumentException">The other has another number of groups or of parameters.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count)
            throw new ArgumentException(
                $"There must be {own.Options.Count} groups of parameters, but state_dict has {state_dict.Options.Count}.",
                nameof(state_dict));
        if (state_dict.State.Count != own.State.Count)
            throw new ArgumentException(
                $"There must be {own.State.Count} states, but state_dict has {state_dict.State.Count}.", nameof(state_dict));

        for (var i = 0; i < own.Options.Count; i++)
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i])) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++)
            if (!ReferenceEquals(own.State[i], state_dict.State[i])) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    /// <summary>
    /// Runs the closure, then an update of each group outside the graph, in a scope that disposes what the update leaves.
    /// </summary>
    /// <param name="body">The update of one group.</param>
    /// <param name="loss_closure">What computes the loss and the gradients first, or null.</param>
    /// <typeparam name="T">Type of the groups.</typeparam>
    /// <returns>The closure's loss, or null.</returns>
    protected torch.Tensor? _step<T>(Action<T> body, Func<torch.Tensor>? loss_closure = null) where T : ParamGroup
    {
        torch.Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var grad = torch.enable_grad();
            loss = loss_closure();
        }

        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    private protected void AddGroup(ParamGroup group, Func<Parameter, OptimizerState> newState)
    {
        // Enumerated once: an iterator over a module's parameters would walk the module at every step.
        group.Parameters = group.Parameters.ToList();
        group.Options.InitialLearningRate = group.LearningRate;
        _parameter_groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            var state = newState(parameter);
            _state[parameter.Handle] = state;
            state.Initialize(group.Options);
        }
    }

    private protected void DisposeState()
    {
        foreach (var (_, state) in _state) (state as IDisposable)?.Dispose();
        _state.Clear();
    }
}
