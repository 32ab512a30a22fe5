using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>The SHA-256 checksum of named tensors: names, element types, shapes and every bit of their values.</summary>
internal static class WeightsChecksum
{
    private const long Chunk = 1 << 24;

    public static string Of(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var _ = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {new TensorForm(tensor.dtype, tensor.shape)}\n"));
            using var scope = NewDisposeScope();
            var flat = tensor.detach().cpu().contiguous().view(-1);
            for (long first = 0; first < flat.shape[0]; first += Chunk)
            {
                using var part = flat.narrow(0, first, Math.Min(Chunk, flat.shape[0] - first));
                hash.AppendData(part.bytes);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
