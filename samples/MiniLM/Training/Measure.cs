using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MiniLM.Training;

/// <summary>How a model did on some examples; the sum of two says how it did on both.</summary>
/// <param name="Examples">How many there were.</param>
/// <param name="Right">How many it got right.</param>
/// <param name="LossSum">The sum of their losses.</param>
public readonly record struct Measure(
    long Examples, long Right, [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double LossSum)
{
    /// <summary>The share that it got right.</summary>
    [JsonIgnore]
    public double Accuracy => (double)Right / Examples;

    /// <summary>The mean loss.</summary>
    [JsonIgnore]
    public double Loss => LossSum / Examples;

    /// <summary>How a model did that gave these answers.</summary>
    /// <param name="logits">Its answers: a row of numbers for each example.</param>
    /// <param name="labels">The right ones, as whole numbers.</param>
    public static Measure Of(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        using var right = logits.argmax(1).eq(labels).sum();
        using var losses = functional.cross_entropy(logits, labels, reduction: Reduction.Sum);
        return new Measure(labels.numel(), right.ToInt64(), losses.ToDouble());
    }

    /// <summary>How a model did on the examples of both.</summary>
    public static Measure operator +(Measure one, Measure other) =>
        new(one.Examples + other.Examples, one.Right + other.Right, one.LossSum + other.LossSum);
}
