namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Makes a scheduler: the rate rises to a largest one and falls far below the first one (Smith and Topin 2018).
            /// </summary>
            /// <param name="optimizer">The optimizer.</param>
            /// <param name="max_lr">The largest rate.</param>
            /// <param name="total_steps">How many steps there are in all; -1 for <paramref name="epochs"/> times
            /// <paramref name="steps_per_epoch"/>.</param>
            /// <param name="epochs">How many epochs.</param>
            /// <param name="steps_per_epoch">How many steps an epoch has.</param>
            /// <param name="pct_start">The part of the steps in which the rate rises, in 0..1.</param>
            /// <param name="anneal_strategy">Along which curve rates change.</param>
            /// <param name="cycle_momentum">Whether momentum falls while the rate rises, and rises while it falls.</param>
            /// <param name="base_momentum">The least momentum.</param>
            /// <param name="max_momentum">The largest momentum.</param>
            /// <param name="div_factor">The largest rate is divided by it for the first rate.</param>
            /// <param name="final_div_factor">The first rate is divided by it for the last rate.</param>
            /// <param name="three_phase">Whether the rate falls to the first one in as many steps as it rose, and then to the last
            /// one.</param>
            /// <param name="last_epoch">The epoch before the first.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler OneCycleLR(
                Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1,
                bool verbose = false) =>
                new impl.OneCycleLR(
                    optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum,
                    max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            /// <summary>
            /// Makes a scheduler: the rate rises to a largest one and falls far below the first one (Smith and Topin 2018).
            /// </summary>
            /// <param name="optimizer">The optimizer.</param>
            /// <param name="max_lr">The largest rate of each group.</param>
            /// <param name="total_steps">How many steps there are in all; -1 for <paramref name="epochs"/> times
            /// <paramref name="steps_per_epoch"/>.</param>
            /// <param name="epochs">How many epochs.</param>
            /// <param name="steps_per_epoch">How many steps an epoch has.</param>
            /// <param name="pct_start">The part of the steps in which the rate rises, in 0..1.</param>
            /// <param name="anneal_strategy">Along which curve rates change.</param>
            /// <param name="cycle_momentum">Whether momentum falls while the rate rises, and rises while it falls.</param>
            /// <param name="base_momentum">The least momentum of each group; null for 0.85.</param>
            /// <param name="max_momentum">The largest momentum of each group; null for 0.95.</param>
            /// <param name="div_factor">The largest rate is divided by it for the first rate.</param>
            /// <param name="final_div_factor">The first rate is divided by it for the last rate.</param>
            /// <param name="three_phase">Whether the rate falls to the first one in as many steps as it rose, and then to the last
            /// one.</param>
            /// <param name="last_epoch">The epoch before the first.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler OneCycleLR(
                Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1,
                int steps_per_epoch = -1, double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000,
                bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(
                    optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum,
                    max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>The rate rises to a largest one and falls far below the first one (Smith and Topin 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly int _steps;
                    private readonly bool _cycleMomentum;
                    private readonly AnnealStrategy _strategy;
                    private readonly Phase[][] _phases;

                    /// <summary>Makes the scheduler.</summary>
                    /// <param name="optimizer">The optimizer.</param>
                    /// <param name="max_lr">The largest rate.</param>
                    /// <param name="total_steps">How many steps there are in all; -1 for <paramref name="epochs"/> times
                    /// <paramref name="steps_per_epoch"/>.</param>
                    /// <param name="epochs">How many epochs.</param>
                    /// <param name="steps_per_epoch">How many steps an epoch has.</param>
                    /// <param name="pct_start">The part of the steps in which the rate rises, in 0..1.</param>
                    /// <param name="anneal_strategy">Along which curve rates change.</param>
                    /// <param name="cycle_momentum">Whether momentum falls while the rate rises, and rises while it falls.</param>
                    /// <param name="base_momentum">The least momentum.</param>
                    /// <param name="max_momentum">The largest momentum.</param>
                    /// <param name="div_factor">The largest rate is divided by it for the first rate.</param>
                    /// <param name="final_div_factor">The first rate is divided by it for the last rate.</param>
                    /// <param name="three_phase">Whether the rate falls to the first one in as many steps as it rose, and then to the last
                    /// one.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    /// <exception cref="ArgumentException">
                    /// The number of steps is not given, <paramref name="pct_start"/> is not in 0..1, or momentum is to change and the
                    /// optimizer has none.
                    /// </exception>
                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25,
                        double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, Repeat(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                            cycle_momentum,
                            Repeat(optimizer, base_momentum), Repeat(optimizer, max_momentum), div_factor, final_div_factor, three_phase,
                            last_epoch, verbose)
                    {
                    }

                    /// <summary>Makes the scheduler.</summary>
                    /// <param name="optimizer">The optimizer.</param>
                    /// <param name="max_lr">The largest rate of each group.</param>
                    /// <param name="total_steps">How many steps there are in all; -1 for <paramref name="epochs"/> times
                    /// <paramref name="steps_per_epoch"/>.</param>
                    /// <param name="epochs">How many epochs.</param>
                    /// <param name="steps_per_epoch">How many steps an epoch has.</param>
                    /// <param name="pct_start">The part of the steps in which the rate rises, in 0..1.</param>
                    /// <param name="anneal_strategy">Along which curve rates change.</param>
                    /// <param name="cycle_momentum">Whether momentum falls while the rate rises, and rises while it falls.</param>
                    /// <param name="base_momentum">The least momentum of each group; null for 0.85.</param>
                    /// <param name="max_momentum">The largest momentum of each group; null for 0.95.</param>
                    /// <param name="div_factor">The largest rate is divided by it for the first rate.</param>
                    /// <param name="final_div_factor">The first rate is divided by it for the last rate.</param>
                    /// <param name="three_phase">Whether the rate falls to the first one in as many steps as it rose, and then to the last
                    /// one.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    /// <exception cref="ArgumentException">
                    /// The number of steps is not given, <paramref name="pct_start"/> is not in 0..1, or momentum is to change and the
                    /// optimizer has none.
                    /// </exception>
                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1,
                        int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos,
                        bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                        IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException(
                                $"cycle_momentum needs an optimizer with momentum, but {optimizer.GetType().Name} has none.",
                                nameof(cycle_momentum));
                        if (!(pct_start >= 0 && pct_start <= 1))
                            throw new ArgumentException($"pct_start must be in 0..1, but is {pct_start}.", nameof(pct_start));
                        _steps = total_steps != -1 ? total_steps : epochs * steps_per_epoch;
                        if (_steps <= 0 || (total_steps == -1 && epochs <= 0))
                            throw new ArgumentException(
                                $"total_steps, or epochs and steps_per_epoch, must be positive, but are {total_steps}, {epochs} and {steps_per_epoch}.",
                                nameof(total_steps));

                        (_cycleMomentum, _strategy) = (cycle_momentum, anneal_strategy);
                        var lows = (base_momentum ?? Repeat(optimizer, 0.85)).ToArray();
                        var highs = (max_momentum ?? Repeat(optimizer, 0.95)).ToArray();
                        _phases = max_lr.Select((largest, i) =>
                        {
                            var first = largest / div_factor;
                            var last = first / final_div_factor;
                            var (rise, end) = ((pct_start * _steps) - 1, _steps - 1.0);
                            return three_phase
                                ? new Phase[]
                                {
                                    new(rise, first, largest, highs[i], lows[i]),
                                    new((2 * pct_start * _steps) - 2, largest, first, lows[i], highs[i]),
                                    new(end, first, last, highs[i], highs[i]),
                                }
                                : [new(rise, first, largest, highs[i], lows[i]), new(end, largest, last, lows[i], highs[i])];
                        }).ToArray();
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > _steps)
                            throw new InvalidOperationException(
                                $"The scheduler was made for {_steps} steps, but this is step {_last_epoch + 1}.");
                        return _optimizer.ParamGroups.Select((group, i) => Set(group, _phases[i]));
                    }

                    private double Set(ILearningRateController group, Phase[] phases)
                    {
                        var start = 0.0;
                        var phase = phases[0];
                        for (var i = 0; i < phases.Length; i++)
                        {
                            phase = phases[i];
                            if (_last_epoch <= phase.End || i == phases.Length - 1) break;
                            start = phase.End;
                        }

                        var done = (_last_epoch - start) / (phase.End - start);
                        if (_cycleMomentum)
                        {
                            var momentum = Anneal(phase.FirstMomentum, phase.LastMomentum, done);
                            if (group is IBetas betas) betas.Betas = (momentum, betas.Betas.Item2);
                            else if (group is IMomentum other) other.Momentum = momentum;
                        }

                        return Anneal(phase.FirstRate, phase.LastRate, done);
                    }

                    private double Anneal(double first, double last, double done) => _strategy == AnnealStrategy.Cos
                        ? last + ((first - last) / 2.0 * (Math.Cos(Math.PI * done) + 1))
                        : ((last - first) * done) + first;

                    private static IEnumerable<double> Repeat(Optimizer optimizer, double value) =>
                        optimizer.ParamGroups.Select(_ => value).ToArray();

                    /// <summary>Along which curve rates change.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Half a cosine.</summary>
                        Cos,

                        /// <summary>A straight line.</summary>
                        Linear,
                    }

                    private sealed record Phase(double End, double FirstRate, double LastRate, double FirstMomentum, double LastMomentum);
                }
            }
        }
    }
}
