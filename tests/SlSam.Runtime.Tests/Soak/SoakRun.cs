using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Soak;

/// <summary>
/// Trains models that are put together at random, each beside a twin. One of the two also goes through faults, after each of which its whole state must be what
/// it was; after each good step the states of both must be the same, to the bit.
/// </summary>
/// <param name="seed">Says what happens.</param>
internal sealed class SoakRun(int seed)
{
    private const int StepsOfAModel = 40;
    private static readonly Fault[] s_faults = [.. Enum.GetValues<Fault>().Where(fault => fault is not (Fault.None or Fault.OptimizerIsDisposed or Fault.LayerIsDisposed))];
    private static readonly bool s_hasAutocast = AutocastScope.IsAvailable(AutocastType.BFloat16, CPU);
    private readonly int[] _counts = new int[Enum.GetValues<Fault>().Length];

    /// <summary>How many good steps there were.</summary>
    public int Steps { get; private set; }

    /// <summary>How many of them were of several micro-batches.</summary>
    public int Accumulated { get; private set; }

    /// <summary>How many of them were computed under autocast.</summary>
    public int Autocast { get; private set; }

    /// <summary>How many models were trained.</summary>
    public int Models { get; private set; }

    /// <summary>How many states were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>How many faults there were.</summary>
    public int Faults => _counts.Sum();

    /// <summary>How often each fault was.</summary>
    public IEnumerable<(Fault Fault, int Count)> Counts => Enum.GetValues<Fault>().Zip(_counts).Where(pair => pair.First != Fault.None);

    /// <summary>Trains.</summary>
    /// <param name="steps">How many good steps at least.</param>
    /// <param name="progress">Called after each model.</param>
    /// <exception cref="InvalidOperationException">Something is not as it should be; the message says what and how to see it again.</exception>
    public void Run(int steps, Action? progress = null)
    {
        for (var model = seed; Steps < steps; model++)
        {
            try
            {
                Train(model);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Model {model}, step {Steps}: {error.Message}", error);
            }

            progress?.Invoke();
        }
    }

    private void Train(int modelSeed)
    {
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            manual_seed(modelSeed);
            var random = new Random(modelSeed);
            var type = random.Next(4) switch { 0 => ScalarType.BFloat16, 1 => ScalarType.Float32, _ => ScalarType.Float64 };
            using var model = new RandomModel(modelSeed, still: false, type);
            using var other = new RandomModel(modelSeed, still: false, type);
            other.load_state_dict(model.state_dict());
            var options = RandomCompositions.Options(random);
            var rule = RandomCompositions.Rule(random, out _);
            options = options with { Sparse = options.Sparse with { RescoreEvery = random.Next(4) == 0 ? 3 : null } };
            if (s_hasAutocast && type == ScalarType.Float32 && random.Next(2) == 0)
            {
                options = options with { MixedPrecision = new() { Type = AutocastType.BFloat16 } };
            }

            using var tried = RandomCompositions.Build(model, options, rule);
            using var calm = RandomCompositions.Build(other, options, rule);
            if (tried is null || calm is null)
            {
                return;
            }

            tried.ProvideScoreBatches(ScoreBatches(model, type));
            calm.ProvideScoreBatches(ScoreBatches(other, type));

            if (random.Next(5) == 0)
            {
                model.eval();
                other.eval();
            }

            for (var step = 0; step < StepsOfAModel; step++)
            {
                using var scope = NewDisposeScope();
                var batches = Batches(random, type);
                var staged = random.Next(2) == 0;
                var left = new Trial(model, tried, batches, staged);
                var right = new Trial(other, calm, batches, staged);
                using var start = get_rng_state();
                if (random.Next(3) == 0)
                {
                    Disturb(tried, left, right, batches, options, random, start);
                }

                var report = left.Run()!.Value;
                set_rng_state(start);
                var expected = right.Run()!.Value;
                Require(report.ToString() == expected.ToString(), $"The step ended as {report}, without faults as {expected}.");
                Compare(new StateFingerprint(calm).Differing(new StateFingerprint(tried)), "after a good step, from a run without faults");
                Steps++;
                Accumulated += batches.Length > 1 ? 1 : 0;
                Autocast += options.MixedPrecision is null ? 0 : 1;
            }

            DisposeInTheMiddle(model, tried, options, type, random);
            Models++;
        }

        var leaked = DisposeScopeManager.Statistics.ThreadTotalLiveCount - live;
        Require(leaked == 0, $"{leaked} tensors were not freed.");
    }

    /// <summary>Runs steps in which something goes wrong. Masks that are due are made anew before a step, also before one that is refused.</summary>
    private void Disturb(RandomOptimizer tried, Trial left, Trial right, Batch[] batches, SharpnessOptions options, Random random, Tensor start)
    {
        // The first tells whether the layers that were chosen are trained in two passes.
        var report = Refuse(Fault.LossIsNaN, 1);
        for (var more = random.Next(3); more > 0 && report is { Outcome: not StepOutcome.NoGradient }; more--)
        {
            var fault = s_faults[random.Next(s_faults.Length)];
            if (fault == Fault.LossIsDetached && batches.Length > 1)
            {
                // The others of its pass still have gradients.
                continue;
            }

            report = Refuse(fault, random.Next(1, Calls(report.Value, batches, options) + 1)) ?? report;
        }

        StepReport? Refuse(Fault fault, int call)
        {
            var before = new StateFingerprint(tried);
            var report = left.Run(fault, call);
            Require(report?.Outcome != StepOutcome.Updated, $"{fault} at call {call} ended as {report}.");
            var spends = report?.Outcome == StepOutcome.NoGradient;
            if (options.Sparse.RescoreEvery is null)
            {
                Compare(before.ChangedByRefusedStep(new StateFingerprint(tried), spends), $"by {fault} at call {call}");
            }

            Require(tried.Trained.All(trained => trained.Parameter.grad is null), $"{fault} at call {call} has left gradients.");
            _counts[(int)fault]++;
            if (spends)
            {
                // The choice is spent: so it must be in the run without faults.
                set_rng_state(start);
                right.Run(fault, call);
            }

            return report;
        }
    }

    /// <summary>Disposes the optimizer, or a layer of the model, in a closure of the last step.</summary>
    private void DisposeInTheMiddle(RandomModel model, RandomOptimizer optimizer, SharpnessOptions options, ScalarType type, Random random)
    {
        using var scope = NewDisposeScope();
        var before = model.named_parameters().ToDictionary(named => named.name, named => named.parameter.detach().clone());
        var buffers = model.named_buffers().ToDictionary(named => named.name, named => named.buffer.clone());
        var trained = model.named_parameters().Where(named => optimizer.parameters().Contains(named.parameter)).Select(named => named.name).ToArray();
        var fault = random.Next(2) == 0 ? Fault.OptimizerIsDisposed : Fault.LayerIsDisposed;
        var batches = Batches(random, type);
        var trial = new Trial(model, optimizer, batches, staged: random.Next(2) == 0);
        var tried = trial.Run(Fault.LossIsNaN)!.Value;
        if (tried.Outcome == StepOutcome.NoGradient)
        {
            return;
        }

        var call = random.Next(1, Calls(tried, batches, options) + 1);
        var report = trial.Run(fault, call);
        Require(report is null, $"{fault} at call {call} ended as {report}.");
        _counts[(int)fault]++;
        foreach (var (name, parameter) in model.named_parameters().Where(named => !named.parameter.IsInvalid))
        {
            Require(Snapshot.Same(parameter, before[name]), $"{fault} at call {call} has changed {name}.");
        }

        foreach (var (name, buffer) in model.named_buffers())
        {
            Require(Snapshot.Same(buffer, buffers[name]), $"{fault} at call {call} has changed {name}.");
        }

        optimizer.Dispose();
        foreach (var (name, parameter) in model.named_parameters().Where(named => !named.parameter.IsInvalid && trained.Contains(named.name)))
        {
            Require(parameter.requires_grad && parameter.grad is null, $"{fault} at call {call}: {name} does not require gradients, or has one.");
        }
    }

    /// <summary>One to four micro-batches. No first pass is left with a single row of one, of which a batch normalization would take no variance.</summary>
    private static Batch[] Batches(Random random, ScalarType type)
    {
        var count = random.Next(2) == 0 ? 1 : random.Next(2, 5);
        return [.. Enumerable.Range(0, count).Select(_ => Batch.Random(4 * random.Next(1, 4), RandomModel.Width, 3, type))];
    }

    private static ScoreBatch[] ScoreBatches(RandomModel model, ScalarType type)
    {
        var input = linspace(-1, 1, 4 * RandomModel.Width, dtype: ScalarType.Float64).to(type).reshape(4, RandomModel.Width);
        return [new ScoreBatch(4, () => model.call(input).square().mean())];
    }

    /// <summary>How often a step calls its closure; in the first of two passes only for micro-batches with a row in it.</summary>
    private static int Calls(StepReport report, Batch[] batches, SharpnessOptions options)
    {
        var calls = batches.Length;
        if (report.SharpnessAware)
        {
            var rows = (long)Math.Ceiling(options.AscentFraction * batches.Sum(batch => batch.Input.shape[0]));
            for (var index = 0; rows > 0; index++, calls++)
            {
                rows -= batches[index].Input.shape[0];
            }
        }

        return calls;
    }

    private void Compare(string[] differing, string when)
    {
        Require(differing.Length == 0, $"Differs {when}: {string.Join(", ", differing)}.");
        Compared++;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
