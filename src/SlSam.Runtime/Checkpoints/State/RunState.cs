using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam;

/// <summary>All that a training run remembers: the model, the optimizer and the schedule.</summary>
internal static class RunState
{
    /// <summary>
    /// Describes a run. Settings come first, since what is wrong with them says more than what follows from it; weights before masks, which copy from them;
    /// rates after the schedule, which sets them.
    /// </summary>
    public static IReadOnlyList<StateEntry> Describe(SharpnessAwareOptimizer optimizer, LRScheduler? schedule, bool trainedOnly)
    {
        if (optimizer.Model.modules().OfType<LoraAdapter>().Any(adapter => adapter.IsMerged))
        {
            throw new InvalidOperationException("An adapter is merged into its layer's weight; call Unmerge() before a checkpoint is saved or loaded.");
        }

        var state = new StateDescription();
        state.Part("settings", optimizer.DescribeSettings);
        DescribeModel(state, optimizer, trainedOnly);
        if (schedule is not null)
        {
            state.Schedule("schedule", schedule, optimizer.Groups);
        }

        optimizer.DescribeState(state);
        return state.Entries;
    }

    private static void DescribeModel(StateDescription state, SharpnessAwareOptimizer optimizer, bool trainedOnly)
    {
        var trained = optimizer.Trained.Select(each => each.Parameter.Handle).ToHashSet();
        var known = new HashSet<nint>();
        var frozen = new List<(string Name, Tensor Tensor)>();
        foreach (var (name, tensor) in optimizer.Model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            known.Add(tensor.Handle);
            if (trainedOnly && tensor is Parameter && !trained.Contains(tensor.Handle))
            {
                frozen.Add((name, tensor));
            }
            else
            {
                state.Tensor(name, tensor, isWeight: true);
            }
        }

        // Buffers that a state dictionary leaves out, and parameters of layers that are no components of the model.
        foreach (var (name, buffer) in optimizer.Model.named_buffers().Where(named => known.Add(named.buffer.Handle)))
        {
            state.Tensor($"buffer/{name}", buffer);
        }

        foreach (var each in optimizer.Trained.Where(each => known.Add(each.Parameter.Handle)))
        {
            state.Tensor($"parameter/{TrainedState.PartOf(each)}", each.Parameter);
        }

        if (frozen.Count > 0)
        {
            state.Same("frozen", () => WeightsChecksum.Of(frozen), _ => "the weights that it was trained beside, and that are not in it, are others here");
        }
    }
}
