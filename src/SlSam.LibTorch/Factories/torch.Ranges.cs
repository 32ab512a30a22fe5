namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator s_arange_start_step = new("aten::arange", "start_step");
    private static readonly Operator s_eye_m = new("aten::eye", "m");
    private static readonly Operator s_linspace = new("aten::linspace");
    private static readonly Operator s_logspace = new("aten::logspace");

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var type = dtype ?? (is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type) ? ScalarType.Int64 : get_default_dtype());
        return Graded(s_arange_start_step.Call([start, stop, step, type, Argument.None, InitializeDevice(device)]), requires_grad);
    }

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return Graded(s_eye_m.Call([rows, columns < 0 ? rows : columns, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)]), requires_grad);
    }

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Graded(s_linspace.Call([start, end, steps, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)]), requires_grad);

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Graded(s_logspace.Call([start, end, steps, @base, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)]), requires_grad);
}
