using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Refuses what a closure returned in place of a loss, and says what it was.</summary>
/// <param name="parameter">A parameter of the model, on whose device the loss must be.</param>
internal sealed class ClosureLoss(Tensor parameter)
{
    private readonly DeviceType _deviceType = parameter.device_type;
    private readonly int _deviceIndex = parameter.device_index;

    public Tensor Check(Tensor? loss)
    {
        if (loss is null)
        {
            throw Refuse("null");
        }

        if (loss.IsInvalid)
        {
            throw Refuse("a tensor that is disposed already");
        }

        if (loss.numel() != 1)
        {
            throw Refuse($"a tensor of shape [{string.Join(", ", loss.shape)}]");
        }

        if (!loss.is_floating_point())
        {
            throw Refuse($"a tensor of type {loss.dtype}");
        }

        return loss.device_type == _deviceType && loss.device_index == _deviceIndex
            ? loss
            : throw Refuse($"a tensor on the device {loss.device}");
    }

    private InvalidOperationException Refuse(string what) => new(
        $"The closure returned {what}; it must return the loss, a tensor with one element, of a floating-point type, on the model's device ({Device}). Nothing was changed.");

    private string Device => new Device(_deviceType, _deviceIndex).ToString();
}
