namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator s_searchsorted_Tensor = new("aten::searchsorted", "Tensor");
    private static readonly Operator s_searchsorted_Scalar = new("aten::searchsorted", "Scalar");
    private static readonly Operator s_combinations = new("aten::combinations");
    private static readonly Operator s_cartesian_prod = new("aten::cartesian_prod");
    private static readonly Operator s_tril_indices = new("aten::tril_indices");
    private static readonly Operator s_triu_indices = new("aten::triu_indices");
    private static readonly Operator s_result_type_Tensor = new("aten::result_type", "Tensor");
    private static readonly Operator s_promote_types = new("aten::promote_types");
    private static readonly Operator s_can_cast = new("aten::can_cast");

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        s_searchsorted_Tensor.Call([sorted_sequence, values, out_int32, right, Argument.None, sorter]);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor sorter) =>
        s_searchsorted_Scalar.Call([sorted_sequence, values, out_int32, right, Argument.None, sorter]);

    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) => s_combinations.Call([input, r, with_replacement]);

    public static Tensor cartesian_prod(params Tensor[] tensors) => s_cartesian_prod.Call([tensors]);

    public static Tensor cartesian_prod(IList<Tensor> tensors) => s_cartesian_prod.Call([Argument.List(tensors)]);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        s_tril_indices.Call([row, col, offset, dtype, Argument.None, InitializeDevice(device)]);

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        s_triu_indices.Call([row, col, offset, dtype, Argument.None, InitializeDevice(device)]);

    /// <summary>The type of an operation's result on tensors of these types and shapes.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)s_result_type_Tensor.CallLong([tensor1, tensor2]);

    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)s_promote_types.CallLong([type1, type2]);

    public static bool can_cast(ScalarType from, ScalarType to) => s_can_cast.CallBool([from, to]);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor[] unbind(Tensor tensor, int dim = 0) => tensor.unbind(dim);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique_consecutive(return_inverse, return_counts, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);
}
