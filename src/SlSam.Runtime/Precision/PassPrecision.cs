using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>In what the passes of an optimizer are computed: the autocast of forward passes, and the scale of losses.</summary>
internal sealed class PassPrecision
{
    private readonly AutocastType _type;
    private readonly Device _device;

    /// <summary>Takes the options, and finds out whether they can be had here.</summary>
    /// <param name="options">The options; null for none.</param>
    /// <param name="device">Where the model is.</param>
    /// <exception cref="NotSupportedException">This libtorch does not compute in the type on the device.</exception>
    /// <exception cref="DllNotFoundException">The library of autocast is missing.</exception>
    public PassPrecision(MixedPrecisionOptions? options, Device device)
    {
        _type = options?.Type ?? AutocastType.Off;
        _device = device;
        Scaler = options?.Scaling is { } scaling ? new LossScaler(scaling) : null;
        Enter()?.Dispose();
    }

    /// <summary>Scales the losses; null where they are not scaled.</summary>
    public LossScaler? Scaler { get; }

    /// <summary>What losses are multiplied by.</summary>
    public float Scale => Scaler?.Scale ?? 1;

    /// <summary>
    /// Enters the autocast of a forward pass; null where there is none. Each pass, and the stages before it, has a scope of its own: at its end autocast forgets the
    /// casts of weights, which are other weights in the next pass, and are without a graph where they were made for the stages before.
    /// </summary>
    public AutocastScope? Enter() => _type == AutocastType.Off ? null : new AutocastScope(_type, _device);

    /// <summary>Multiplies a loss by the scale, in float32 if it is in half precision.</summary>
    public Tensor Scaled(Tensor loss) => Scaler is null ? loss : Wide(loss) * Scale;

    /// <summary>Divides the gradients of a pass by the scale. Called under <c>no_grad</c>.</summary>
    public void Unscale(ParameterSet set)
    {
        if (Scaler is not null)
        {
            MultiTensorProgram.ScaleGradients(set.Values, 1 / (double)Scale);
        }
    }

    /// <summary>Adjusts the scale after a step, and writes down what it was.</summary>
    public StepReport Adjust(StepReport report)
    {
        var scale = Scale;
        return report with { LossScale = scale, ScaleBackedOff = Scaler?.Adjust(report.Outcome) == true };
    }

    /// <summary>Describes the scale for a checkpoint.</summary>
    public void DescribeState(StateDescription state) => Scaler?.DescribeState(state);

    /// <summary>Refuses a step within a scope of the caller's, whose casts of weights would outlive a pass and whose backward pass would be cast too.</summary>
    public static void RequireNoScope()
    {
        if (AutocastScope.Innermost is not null)
        {
            throw new InvalidOperationException(
                "A step was called inside an AutocastScope. Leave it before, and set MixedPrecision in the optimizer's options: its steps then enter autocast for the forward part of each pass.");
        }
    }

    /// <summary>A loss in a type in which it can be weighted and scaled.</summary>
    public static Tensor Wide(Tensor loss) => loss.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? loss.to(ScalarType.Float32) : loss;
}
