using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>TorchSharp's schedulers, none of which can be saved, go on where they were.</summary>
public sealed class ScheduleResumeTests : IDisposable
{
    private const int Total = 14;

    private static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> s_schedules = new()
    {
        ["constant"] = optimizer => ConstantLR(optimizer, factor: 0.3, total_iters: 4),
        ["cosine"] = optimizer => CosineAnnealingLR(optimizer, T_max: 5, eta_min: 1e-4),
        ["exponential"] = optimizer => ExponentialLR(optimizer, gamma: 0.9),
        ["lambda"] = optimizer => LambdaLR(optimizer, step => 1.0 / (1 + step)),
        ["linear"] = optimizer => LinearLR(optimizer, start_factor: 0.1, total_iters: 6),
        ["milestones"] = optimizer => MultiStepLR(optimizer, [2, 5, 9], gamma: 0.5),
        ["multiplicative"] = optimizer => MultiplicativeLR(optimizer, step => 0.9 + 0.01 * step),
        ["one cycle"] = optimizer => OneCycleLR(optimizer, max_lr: 0.3, total_steps: Total, cycle_momentum: false),
        ["polynomial"] = optimizer => PolynomialLR(optimizer, total_iters: 8, power: 2),
        ["step"] = optimizer => StepLR(optimizer, step_size: 3, gamma: 0.7),
        ["sequential"] = optimizer => SequentialLR(
            optimizer, [LinearLR(optimizer, total_iters: 3), CosineAnnealingLR(optimizer, T_max: 4), ExponentialLR(optimizer, gamma: 0.8)], [3, 7]),
    };

    private readonly CheckpointFiles _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Mlp _model = new(["tanh"], 4, 5, 3);

    public static TheoryData<string> Schedules => new(s_schedules.Keys);

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_goes_on_where_it_was(string name)
    {
        for (var interruption = 0; interruption < Total - 2; interruption++)
        {
            using var optimizer = Optimizer();
            var schedule = s_schedules[name](optimizer);
            Step(schedule, interruption);
            if (interruption % 2 == 0)
            {
                // What somebody has set by hand stays as well.
                optimizer.Groups[0].LearningRate *= 0.5;
                optimizer.Groups[1].WeightDecay = 0.25;
            }

            var folder = _files.Save(optimizer, schedule);
            var expected = Rates(optimizer, schedule, Total - 2 - interruption);
            optimizer.Dispose();

            using var other = Optimizer();
            var otherSchedule = s_schedules[name](other);
            TrainingCheckpoint.Load(folder, other, otherSchedule);
            Assert.Equal(interruption % 2 == 0 ? 0.25 : 0.01, other.Groups[1].WeightDecay);

            Assert.Equal(expected, Rates(other, otherSchedule, Total - 2 - interruption));
        }
    }

    [Fact]
    public void A_schedule_is_neither_lost_nor_invented()
    {
        using var optimizer = Optimizer();
        var without = _files.Save(optimizer);
        var schedule = s_schedules["step"](optimizer);
        Step(schedule, 2);
        var with = _files.Save(optimizer, schedule);

        Assert.Contains("'schedule', which nothing here remembers", Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(with, optimizer)).Message, StringComparison.Ordinal);
        Assert.Contains("it has no 'schedule'", Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(without, optimizer, schedule)).Message, StringComparison.Ordinal);
        Step(schedule, 1);
        Assert.Contains("made anew", Assert.Throws<InvalidOperationException>(() => TrainingCheckpoint.Load(with, optimizer, schedule)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_cannot_be_stepped_as_far_changes_nothing_but_itself()
    {
        using var optimizer = Optimizer();
        var schedule = LambdaLR(optimizer, step => 1.0 / (1 + step));
        Step(schedule, 5);
        var folder = _files.Save(optimizer, schedule);
        optimizer.Dispose();
        using var other = Optimizer();
        var shorter = LambdaLR(other, step => step < 3 ? 1 : throw new TimeoutException());
        other.Groups[0].LearningRate = 0.125;
        var before = _files.Save(other);

        Assert.IsType<TimeoutException>(Assert.Throws<InvalidOperationException>(() => TrainingCheckpoint.Load(folder, other, shorter)).InnerException);

        CheckpointFiles.AssertSame(before, _files.Save(other), "a refused checkpoint has changed it");
    }

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
        _files.Dispose();
    }

    private static void Step(LRScheduler schedule, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            schedule.step();
        }
    }

    /// <summary>Every rate that is set, as text: every bit of it.</summary>
    private static List<string> Rates(TestOptimizer optimizer, LRScheduler schedule, int steps)
    {
        var rates = new List<string>();
        for (var step = 0; step < steps; step++)
        {
            rates.AddRange(optimizer.Groups.Select(group => $"{group.LearningRate:R} {group.InitialLearningRate:R}"));
            schedule.step();
        }

        rates.AddRange(schedule.get_last_lr().Select(rate => $"{rate:R}"));
        return rates;
    }

    private TestOptimizer Optimizer()
    {
        var optimizer = new TestOptimizer(_model, new SamOptions(), UpdateRule.AdamW(0.1));
        optimizer.Groups[1].LearningRate = optimizer.Groups[1].InitialLearningRate = 0.3;
        return optimizer;
    }
}
