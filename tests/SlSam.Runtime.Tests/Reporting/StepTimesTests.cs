using System.Diagnostics;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Reporting;

public sealed class StepTimesTests
{
    private const double Delay = 0.005;

    [Fact]
    public void Nothing_is_measured_unless_it_is_asked_for()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions(), UpdateRule.AdamW(0.01));
        var batch = Batch.Random(4, 4, 2);
        Assert.Null(optimizer.Step(batch.Input, batch.Loss).Times);
        using (new RunRecorder(optimizer))
        {
            Assert.NotNull(optimizer.Step(batch.Input, batch.Loss).Times);
        }

        Assert.Null(optimizer.Step(batch.Input, batch.Loss).Times);
    }

    [Fact]
    public void Each_pass_holds_the_time_of_its_closure_and_all_parts_are_the_step()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.AdamW(0.01)) { MeasuresTimes = true };
        var batch = Batch.Random(4, 4, 2);
        var passes = 0;
        var start = Stopwatch.GetTimestamp();
        var report = optimizer.Step(() =>
        {
            Spin(++passes * Delay);
            return batch.Loss(model.call(batch.Input));
        });
        var whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var times = report.Times!.Value;
        Assert.Equal(2, passes);
        Assert.Equal(0, times.Prefix);
        Assert.InRange(times.FirstPass, Delay, whole);
        Assert.InRange(times.SecondPass, 2 * Delay, whole);
        Assert.True(times.Update > 0);
        Assert.InRange(times.Total, 3 * Delay, whole);
    }

    [Fact]
    public void The_stages_before_the_first_active_layer_are_timed_apart()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 3, width: 4, classes: 2);
        model.children().OfType<TorchSharp.Modules.Linear>().First().register_forward_hook(_ => Spin(Delay));
        var options = new UniformOptions { Sparsity = 0.2, Draws = new Golden.RecordedDraws([0.99]) };
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.AdamW(0.01)) { MeasuresTimes = true };
        var batch = Batch.Random(4, 4, 2);
        var report = optimizer.Step(batch.Input, batch.Loss);
        Assert.True(report.FirstActiveStage > 0);
        Assert.True(report.Times!.Value.Prefix >= Delay);
    }

    private static void Spin(double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
        }
    }
}
