using Microsoft.Extensions.Logging.Abstractions;
using SlSam.Reporting.Logging;
using SlSam.Reporting.TensorBoard;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.Reporting.Tests.Guide;

/// <summary>Does what docs/reporting.md says.</summary>
internal static class Reader
{
    public static void Follow()
    {
        using var scope = NewDisposeScope();
        using var model = new Tagger(blocks: 2, width: 4, classes: 2);
        using var optimizer = new TaggerSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
        var batches = new[] { (randn(4, 4), zeros(4, dtype: int64)) };
        Record(optimizer, batches);
        var run = TrainingRun.Load("run.json");
        (run with { Name = "AdamW" }).Save("adamw.json");
        Report(run);
        Board(optimizer);
    }

    private static void Record(TaggerSlSam optimizer, (Tensor, Tensor)[] batches)
    {
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Name = "SL-SAM, s = 0.3" });
        foreach (var (x, y) in batches)
        {
            recorder.Add(optimizer.Step(x, logits => functional.cross_entropy(logits, y)));
        }

        recorder.AddEvaluation(accuracy: 0.91, loss: 0.24);
        recorder.ToRun().Save("run.json");
    }

    private static void Report(TrainingRun run)
    {
        HtmlReport.Write("report.html", run);
        HtmlReport.Write("both.html", run, TrainingRun.Load("adamw.json"));   // two runs, laid over each other
    }

    private static void Board(TaggerSlSam optimizer)
    {
        using var recorder = new RunRecorder(optimizer);
        using var board = new TensorBoardWriter(recorder, "runs/sl-sam");

        var logger = NullLogger.Instance;
        recorder.Tell(new TrainingLog(logger, interval: 50));
    }
}
