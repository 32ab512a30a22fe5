using System.Diagnostics.Metrics;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Reporting;

public sealed class TrainingMetricsTests
{
    [Fact]
    public void A_listener_hears_what_the_reports_say()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.4 }, UpdateRule.AdamW(0.01));
        var heard = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = Listen(heard);
        var reports = new List<StepReport>();
        var active = new List<string>();
        for (var step = 0; step < 12; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(4, 8, 3);
            var factor = step == 4 ? double.NaN : 1;
            var report = optimizer.Step(batch.Input, logits => batch.Loss(logits) * factor);
            if (report.Outcome == StepOutcome.Updated)
            {
                reports.Add(report);
                active.AddRange(optimizer.Arms.Where(arm => arm.IsActive).Select(arm => arm.Name));
            }
        }

        Assert.Equal(11, Values("slsam.steps").Sum());
        var refused = Assert.Single(heard, each => each.Name == "slsam.steps.refused");
        Assert.Equal("NonFiniteFirstPass", refused.Tags["outcome"]);
        Assert.Equal(reports.Select(report => report.Loss), Values("slsam.loss"));
        Assert.Equal(reports.Select(report => report.PerturbedLoss), Values("slsam.loss.perturbed"));
        Assert.Equal(reports.Select(report => report.GradientNorm), Values("slsam.gradient.norm"));
        Assert.Equal(reports.Select(report => report.Cost), Values("slsam.step.cost"));
        Assert.Equal(reports.Select(report => (double)report.ActiveParameters / report.TotalParameters), Values("slsam.step.active_share"));
        Assert.Equal(12, Values("slsam.step.duration").Count());
        Assert.Equal(Values("slsam.step.duration").Sum(), Values("slsam.step.phase.duration").Sum(), 1e-9);
        Assert.Equal(active, heard.Where(each => each.Name == "slsam.layer.updates").Select(each => each.Tags["layer"]));
        Assert.All(heard, each => Assert.Equal("StagedClassifier", each.Tags["model"]));

        IEnumerable<double> Values(string name) => heard.Where(each => each.Name == name).Select(each => each.Value);
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_allocated_and_nothing_timed()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions(), UpdateRule.AdamW(0.01));
        var batch = Batch.Random(4, 8, 3);
        var report = optimizer.Step(batch.Input, batch.Loss);
        Assert.Null(report.Times);
        TrainingMetrics.Record(report, "model", optimizer.Arms);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 1000; step++)
        {
            TrainingMetrics.Record(report, "model", optimizer.Arms);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MeterListener Listen(List<(string Name, double Value, Dictionary<string, object?> Tags)> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == TrainingMetrics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            heard.Add((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
    }
}
