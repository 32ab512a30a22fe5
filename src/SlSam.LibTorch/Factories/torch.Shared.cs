namespace TorchSharp;

public static partial class torch
{
    public static Tensor as_tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<sbyte> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray.ToArray(), [rawArray.Count]), dtype, device, false);

    public static Tensor as_tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null) => Placed(SharedTensor(rawArray, [rawArray.Length]), dtype, device, false);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return Placed(SharedTensor(rawArray, ShapeOf(rawArray)), dtype, device, requires_grad);
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        if (offset < 0 || offset >= rawArray.LongLength) throw new ArgumentException($"invalid value for 'offset': {offset}; the array has {rawArray.LongLength} elements.");
        if (count < 0) count = rawArray.LongLength - offset;
        if (count > rawArray.LongLength - offset) throw new IndexOutOfRangeException($"element count is too large: {count}; from {offset} on there are {rawArray.LongLength - offset}.");
        return Placed(SharedTensor(rawArray, [count], type, offset * type.ElementSize()), dtype, CPU, requires_grad);
    }
}
