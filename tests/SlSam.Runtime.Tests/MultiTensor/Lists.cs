using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.MultiTensor;

/// <summary>Lists of tensors for multi-tensor functions.</summary>
internal static class Lists
{
    public static TensorList Of(params Tensor[] tensors)
    {
        var list = new TensorList();
        foreach (var tensor in tensors)
        {
            list.Add(tensor);
        }

        list.Close();
        return list;
    }
}
