using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Reporting;

public sealed class SelectionStatisticsTests
{
    [Fact]
    public void They_are_those_of_the_reports_of_the_steps_that_have_happened()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new StagedClassifier(blocks: 6, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.3, Seed = 5 }, UpdateRule.AdamW(0.01));
        Assert.Equal("no steps", optimizer.Selection.ToString());
        var reports = new List<StepReport>();
        for (var step = 0; step < 40; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(4, 8, 3);
            if (step % 3 == 0)
            {
                optimizer.Step(batch.Input, logits => batch.Loss(logits) * double.NaN);
            }

            reports.Add(optimizer.Step(batch.Input, batch.Loss));
        }

        var mean = reports.Average(report => report.FirstActiveStage);
        var deviation = Math.Sqrt(reports.Average(report => Math.Pow(report.FirstActiveStage - mean, 2)));
        Assert.True(deviation > 1);
        Assert.Equal(40, optimizer.Selection.Steps);
        Assert.Equal(mean, optimizer.Selection.MeanFirstActiveStage, 1e-12);
        Assert.Equal(deviation, optimizer.Selection.FirstActiveStageDeviation, 1e-12);
        Assert.Equal(reports.Average(report => (double)report.ActiveParameters / report.TotalParameters), optimizer.Selection.MeanActiveShare, 1e-12);
        Assert.Equal(reports.Average(report => report.Cost), optimizer.Selection.MeanCost, 1e-12);
        Assert.Matches(@"^40 steps, first active stage \d\.\d\d ± \d\.\d\d, \d+\.\d % of the parameters active, \d\.\d\d plain steps each by the layers' costs, 0 gaps$", optimizer.Selection.ToString());
    }

    [Fact]
    public void Draws_that_hit_no_layer_are_counted()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 2, width: 4, classes: 2);
        var options = new UniformOptions { Sparsity = 0.1, Draws = new Golden.RecordedDraws([0.05, 0.22, 0.95, 0.48]) };
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.Sgd(0.1));
        var active = new List<string>();
        for (var step = 0; step < 4; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(4, 4, 2);
            optimizer.Step(batch.Input, batch.Loss);
            active.Add(Assert.Single(optimizer.Arms, arm => arm.IsActive).Name);
        }

        // The intervals of the four arms are [0, .1), [.3, .4), [.6, .7) and [.9, 1).
        Assert.Equal(["stem", "blocks[0]", "head", "blocks[0]"], active);
        Assert.Equal(2, optimizer.Selection.Gaps);
    }
}
