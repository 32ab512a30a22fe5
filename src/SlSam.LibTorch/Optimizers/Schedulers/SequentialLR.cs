namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Makes a scheduler that is one scheduler after the other.</summary>
            /// <param name="optimizer">The optimizer, that of all schedulers.</param>
            /// <param name="schedulers">The schedulers.</param>
            /// <param name="milestones">The epochs at which the second and the following schedulers begin.</param>
            /// <param name="last_epoch">The epoch before the first.</param>
            public static LRScheduler SequentialLR(
                Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);

            public static partial class impl
            {
                /// <summary>One scheduler after the other.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    /// <summary>Makes the scheduler.</summary>
                    /// <param name="optimizer">The optimizer, that of all schedulers.</param>
                    /// <param name="schedulers">The schedulers.</param>
                    /// <param name="milestones">The epochs at which the second and the following schedulers begin.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <exception cref="ArgumentException">
                    /// A scheduler is of another optimizer, or there is not one milestone less than there are schedulers.
                    /// </exception>
                    public SequentialLR(
                        Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1, false)
                    {
                        (_schedulers, _milestones) = (schedulers.ToArray(), milestones.ToArray());
                        if (_schedulers.Any(scheduler => scheduler._optimizer != optimizer))
                            throw new ArgumentException("All schedulers must be of the given optimizer.", nameof(schedulers));
                        if (_milestones.Length != _schedulers.Length - 1)
                            throw new ArgumentException(
                                $"There must be one milestone less than schedulers, but there are {_milestones.Length} and {_schedulers.Length}.",
                                nameof(milestones));

                        // Each scheduler made its first step when it was made: it is taken back,
                        // and made again by the first scheduler only.
                        foreach (var group in optimizer.ParamGroups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in _schedulers) scheduler._last_epoch--;
                        _schedulers[0].step();
                        _last_lrs = _schedulers[0]._last_lrs.ToList();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var current = _milestones.Count(milestone => milestone <= _last_epoch);
                        if (current > 0 && _milestones[current - 1] == _last_epoch) _schedulers[current].step(0);
                        else _schedulers[current].step();
                        return base.get_lr();
                    }
                }
            }
        }
    }
}
