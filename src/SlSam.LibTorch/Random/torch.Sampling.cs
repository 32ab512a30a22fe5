namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator s_normal_Tensor_Tensor = new("aten::normal", "Tensor_Tensor");

    /// <summary>Draws each element from a normal distribution of its own.</summary>
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => s_normal_Tensor_Tensor.Call([mean, std, generator]);

    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Graded(empty(size, dtype, device, names: names).normal_(mean, std, generator), requires_grad);
}
