namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Writes the tensor in TorchSharp's binary format.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="writer">Where to.</param>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer) => TensorStream.Write(writer, tensor);

    /// <summary>Reads elements into a tensor.</summary>
    /// <param name="tensor">The tensor, of the element type and shape of the one that was written.</param>
    /// <param name="reader">Where from.</param>
    /// <param name="skip">Whether what is read is dropped.</param>
    /// <exception cref="ArgumentException">The tensor has another element type or shape.</exception>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        if (skip) TensorStream.Read(reader).Dispose();
        else TensorStream.ReadInto(reader, tensor);
    }

    /// <summary>Reads a tensor in TorchSharp's binary format.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="skip">Whether the elements are of no interest; they are read all the same.</param>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false) => TensorStream.Read(reader);
}
