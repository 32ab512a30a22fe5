namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator s_cat = new("aten::cat");
    private static readonly Operator s_stack = new("aten::stack");
    private static readonly Operator s_hstack = new("aten::hstack");
    private static readonly Operator s_vstack = new("aten::vstack");
    private static readonly Operator s_einsum = new("aten::einsum");
    private static readonly Operator s_meshgrid_indexing = new("aten::meshgrid", "indexing");
    private static readonly Operator s_where = new("aten::where");
    private static readonly Operator s_broadcast_tensors = new("aten::broadcast_tensors");
    private static readonly Operator s_block_diag = new("aten::block_diag");

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => s_cat.Call([Argument.List(tensors), dim]);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => s_cat.Call([tensors, dim]);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => s_stack.Call([Argument.List(tensors), dim]);

    public static Tensor hstack(IList<Tensor> tensors) => s_hstack.Call([Argument.List(tensors)]);

    public static Tensor hstack(params Tensor[] tensors) => s_hstack.Call([tensors]);

    public static Tensor vstack(IList<Tensor> tensors) => s_vstack.Call([Argument.List(tensors)]);

    public static Tensor vstack(Tensor[] tensors) => s_vstack.Call([tensors]);

    public static Tensor einsum(string equation, params Tensor[] tensors) => s_einsum.Call([equation, tensors]);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => s_meshgrid_indexing.CallMany([Argument.List(tensors), indexing]);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => s_broadcast_tensors.CallMany([tensors]);

    public static Tensor block_diag(params Tensor[] tensors) => s_block_diag.Call([tensors]);

    public static Tensor[] where(Tensor condition) => s_where.CallMany([condition]);
}
