using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Reporting.Tests;

/// <summary>Trains a small model, to have runs to report on.</summary>
internal static class Training
{
    private const int Width = 16, Classes = 3;

    /// <summary>A run of a method.</summary>
    /// <param name="options">The method.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="name">What the run is called.</param>
    /// <param name="listen">Adds listeners to the recorder, and returns what is to be disposed before it.</param>
    /// <param name="refused">The step, counted from 0, that meets a loss that is not a number; none by default.</param>
    public static TrainingRun Run(
        SharpnessOptions options, int steps, string name = "SL-SAM", Func<RunRecorder, IDisposable?>? listen = null, int refused = -1)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new Tagger(blocks: 5, Width, Classes);
        using var optimizer = new TaggerSlSam(model, options, UpdateRule.AdamW(learningRate: 0.01));
        optimizer.Group("head").LearningRate = 0.02;
        var settings = new Dictionary<string, string> { ["batch size"] = "16", ["text"] = "<b>\"quoted\"</b>, with a comma" };
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Name = name, BalancednessInterval = 2, Settings = settings });
        using var listener = listen?.Invoke(recorder);
        var direction = randn(Width, Classes);
        var (inputs, heldOut) = (randn(512, Width), randn(128, Width));
        var (labels, heldOutLabels) = (inputs.matmul(direction).argmax(1), heldOut.matmul(direction).argmax(1));
        Evaluate();
        for (var step = 0; step < steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = randint(0, 512, [16]).to(ScalarType.Int64);
            var factor = step == refused ? double.NaN : 1;
            recorder.Add(optimizer.Step(inputs[batch], logits => nn.functional.cross_entropy(logits, labels[batch]) * factor));
            if (step % 20 == 19)
            {
                Evaluate();
            }
        }

        return recorder.ToRun();

        void Evaluate()
        {
            using var evaluationScope = NewDisposeScope();
            using var _ = no_grad();
            var logits = model.call(heldOut);
            recorder.AddEvaluation(
                logits.argmax(1).eq(heldOutLabels).to(ScalarType.Float32).mean().ToDouble(), nn.functional.cross_entropy(logits, heldOutLabels).ToDouble());
        }
    }
}
