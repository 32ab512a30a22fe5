using MiniLM.Encoder;
using SlSam;

namespace SentimentFineTuning.Training;

/// <summary>The compiled optimizer of the model, set up for each method.</summary>
internal static class OptimizerFactory
{
    internal static TextClassifierSlSam Create(TextClassifier model, FineTuningMethod method, TrainingSettings settings)
    {
        SharpnessOptions options = method switch
        {
            FineTuningMethod.SlSam => new SlSamOptions
            {
                Sparsity = settings.Sparsity,
                Rho = settings.Rho,
                Sampling = LayerSampling.Windowed,
                Seed = settings.Seed,
            },
            FineTuningMethod.Sam => new SamOptions { Rho = settings.Rho, Seed = settings.Seed },
            _ => new PlainOptions { Seed = settings.Seed },
        };
        var optimizer = new TextClassifierSlSam(
            model, options, UpdateRule.AdamW(learningRate: settings.LearningRate, weightDecay: settings.WeightDecay) with { DecayedTensors = DecayedTensors.All });

        var classifier = optimizer.Group("classifier");
        classifier.LearningRate = classifier.InitialLearningRate = settings.LearningRate * settings.ClassifierFactor;
        return optimizer;
    }
}
