using static TorchSharp.torch;

namespace SlSam;

/// <summary>What Adam remembers of one parameter, whatever does the update.</summary>
internal interface IAdamMoments : IDisposable
{
    /// <summary>The mean of its gradients.</summary>
    Tensor First { get; }

    /// <summary>The mean of their squares.</summary>
    Tensor Second { get; }

    /// <summary>How often it has been updated.</summary>
    long Steps { get; set; }
}

/// <summary>The moments of Adam in a training checkpoint: the same with libtorch's fused operators and without, so that one goes on where the other was.</summary>
internal static class AdamState
{
    /// <summary>Describes the moments.</summary>
    /// <param name="state">Takes the description.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="of">The moments of a parameter; null where it has none yet.</param>
    /// <param name="start">Gives a parameter moments of 0.</param>
    /// <param name="forget">Drops the moments of a parameter.</param>
    public static void Describe(
        StateDescription state, IReadOnlyList<TrainedParameter> parameters, Func<TrainedParameter, IAdamMoments?> of,
        Func<TrainedParameter, IAdamMoments> start, Action<TrainedParameter> forget)
    {
        foreach (var trained in parameters)
        {
            state.Part(TrainedState.PartOf(trained), part =>
            {
                part.Tensors(
                    "moments",
                    ["first", "second"],
                    () => of(trained) is { } moments ? [moments.First, moments.Second] : null,
                    saved => Set(trained, saved),
                    (reader, _) => new TensorForm(AdamUpdater.TypeFor(trained.Type), reader.ShapeOf(trained)));
                part.Integer("steps", () => of(trained)?.Steps ?? 0, steps => SetSteps(trained, steps));
            });
        }

        void Set(TrainedParameter trained, IReadOnlyList<SavedTensor>? saved)
        {
            forget(trained);
            if (saved is not null)
            {
                var moments = start(trained);
                saved[0].CopyTo(moments.First);
                saved[1].CopyTo(moments.Second);
            }
        }

        void SetSteps(TrainedParameter trained, long steps)
        {
            if (of(trained) is { } moments)
            {
                moments.Steps = steps;
            }
        }
    }
}
