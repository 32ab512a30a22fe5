using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Reads and writes single entries of a tensor by their flat indices in row-major order. Called under <c>no_grad</c>.</summary>
internal static class FlatEntries
{
    /// <summary>A copy of the entries, of shape [k], on the tensor's device.</summary>
    public static Tensor Read(Tensor tensor, Tensor indices)
    {
        using var here = indices.to(tensor.device, copy: true);
        using var values = tensor.detach();
        return values.take(here);
    }

    /// <summary>Overwrites the entries.</summary>
    public static void Write(Tensor tensor, Tensor indices, Tensor values)
    {
        using var scope = NewDisposeScope();
        var positions = indices.to(tensor.device);
        if (tensor.is_contiguous())
        {
            tensor.detach().view(-1).index_copy_(0, positions, values.to(tensor.device));
            return;
        }

        var flat = tensor.detach().reshape(-1).index_copy_(0, positions, values.to(tensor.device));
        tensor.copy_(flat.view(tensor.shape));
    }
}
