namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_squeeze = new("aten::squeeze");
        private static readonly Operator s_squeeze_dim = new("aten::squeeze", "dim");
        private static readonly Operator s_squeeze_ = new("aten::squeeze_");
        private static readonly Operator s_squeeze__dim = new("aten::squeeze_", "dim");
        private static readonly Operator s_view = new("aten::view");
        private static readonly Operator s_view_as = new("aten::view_as");
        private static readonly Operator s_reshape = new("aten::reshape");
        private static readonly Operator s_flatten_using_ints = new("aten::flatten", "using_ints");
        private static readonly Operator s_ravel = new("aten::ravel");
        private static readonly Operator s_transpose_int = new("aten::transpose", "int");
        private static readonly Operator s_transpose_ = new("aten::transpose_");
        private static readonly Operator s_t = new("aten::t");
        private static readonly Operator s_permute = new("aten::permute");
        private static readonly Operator s_movedim_intlist = new("aten::movedim", "intlist");
        private static readonly Operator s_unsqueeze = new("aten::unsqueeze");
        private static readonly Operator s_unsqueeze_ = new("aten::unsqueeze_");
        private static readonly Operator s_expand = new("aten::expand");
        private static readonly Operator s_expand_as = new("aten::expand_as");
        private static readonly Operator s_broadcast_to = new("aten::broadcast_to");
        private static readonly Operator s_narrow = new("aten::narrow");
        private static readonly Operator s_select_int = new("aten::select", "int");
        private static readonly Operator s_slice_Tensor = new("aten::slice", "Tensor");
        private static readonly Operator s_diagonal = new("aten::diagonal");
        private static readonly Operator s_unfold = new("aten::unfold");
        private static readonly Operator s_as_strided = new("aten::as_strided");
        private static readonly Operator s_chunk = new("aten::chunk");
        private static readonly Operator s_split_Tensor = new("aten::split", "Tensor");
        private static readonly Operator s_split_with_sizes = new("aten::split_with_sizes");
        private static readonly Operator s_unbind_int = new("aten::unbind", "int");
        private static readonly Operator s_view_as_real = new("aten::view_as_real");
        private static readonly Operator s_view_as_complex = new("aten::view_as_complex");
        private static readonly Operator s_atleast_1d = new("aten::atleast_1d");
        private static readonly Operator s_atleast_2d = new("aten::atleast_2d");
        private static readonly Operator s_atleast_3d = new("aten::atleast_3d");
        private static readonly Operator s_tensor_split_sections = new("aten::tensor_split", "sections");
        private static readonly Operator s_tensor_split_indices = new("aten::tensor_split", "indices");
        private static readonly Operator s_tensor_split_tensor_indices_or_sections = new("aten::tensor_split", "tensor_indices_or_sections");
        private static readonly Operator s_hsplit_int = new("aten::hsplit", "int");
        private static readonly Operator s_hsplit_array = new("aten::hsplit", "array");
        private static readonly Operator s_vsplit_int = new("aten::vsplit", "int");
        private static readonly Operator s_vsplit_array = new("aten::vsplit", "array");
        private static readonly Operator s_dsplit_int = new("aten::dsplit", "int");
        private static readonly Operator s_dsplit_array = new("aten::dsplit", "array");

        public Tensor view(params long[] shape) => s_view.Call([this, shape]);

        public Tensor view_as(Tensor other) => s_view_as.Call([this, other]);

        public Tensor reshape(params long[] shape) => s_reshape.Call([this, shape]);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => s_flatten_using_ints.Call([this, start_dim, end_dim]);

        public Tensor ravel() => s_ravel.Call([this]);

        public Tensor unflatten(long dim, params long[] sizes) => view(Unflattened(dim, sizes));

        public Tensor transpose(long dim0, long dim1) => s_transpose_int.Call([this, dim0, dim1]);

        public Tensor transpose_(long dim0, long dim1) => s_transpose_.CallInPlace(this, [this, dim0, dim1]);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor t() => s_t.Call([this]);

        public Tensor permute(params long[] permutation) => s_permute.Call([this, permutation]);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor movedim(long[] source, long[] destination) => s_movedim_intlist.Call([this, source, destination]);

        public Tensor squeeze(long? dim = null) => dim is { } d ? s_squeeze_dim.Call([this, d]) : s_squeeze.Call([this]);

        public Tensor squeeze_(long? dim = null) => dim is { } d ? s_squeeze__dim.CallInPlace(this, [this, d]) : s_squeeze_.CallInPlace(this, [this]);

        public Tensor unsqueeze(long dim) => s_unsqueeze.Call([this, dim]);

        public Tensor unsqueeze_(long dim) => s_unsqueeze_.CallInPlace(this, [this, dim]);

        public Tensor expand(params long[] sizes) => s_expand.Call([this, sizes]);

        public Tensor expand(long[] sizes, bool isImplicit = false) => s_expand.Call([this, sizes, isImplicit]);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => s_expand.Call([this, sizes, isImplicit]);

        public Tensor expand_as(Tensor other) => s_expand_as.Call([this, other]);

        public Tensor broadcast_to(params long[] shape) => s_broadcast_to.Call([this, shape]);

        public Tensor narrow(long dim, long start, long length) => s_narrow.Call([this, dim, start, length]);

        public Tensor select(long dim, long index) => s_select_int.Call([this, dim, index]);

        public Tensor slice(long dim, long start, long finish, long step) => s_slice_Tensor.Call([this, dim, start, finish, step]);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => s_diagonal.Call([this, offset, dim1, dim2]);

        public Tensor unfold(long dimension, long size, long step) => s_unfold.Call([this, dimension, size, step]);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => s_as_strided.Call([this, size, strides, storageOffset]);

        public Tensor[] chunk(long chunks, long dim = 0) => s_chunk.CallMany([this, chunks, dim]);

        public Tensor[] split(long size, int dim = 0) => s_split_Tensor.CallMany([this, size, dim]);

        public Tensor[] split(params long[] sizes) => s_split_with_sizes.CallMany([this, sizes]);

        public Tensor[] split(long[] sizes, long dim = 0) => s_split_with_sizes.CallMany([this, sizes, dim]);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => s_split_with_sizes.CallMany([this, sizes, dim]);

        public Tensor[] unbind(long dimension = 0) => s_unbind_int.CallMany([this, dimension]);

        public Tensor view_as_real() => s_view_as_real.Call([this]);

        public Tensor view_as_complex() => s_view_as_complex.Call([this]);

        public Tensor atleast_1d() => s_atleast_1d.Call([this]);

        public Tensor atleast_2d() => s_atleast_2d.Call([this]);

        public Tensor atleast_3d() => s_atleast_3d.Call([this]);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor[] tensor_split(long size, long dim = 0) => s_tensor_split_sections.CallMany([this, size, dim]);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => s_tensor_split_indices.CallMany([this, sizes, dim]);

        public Tensor[] tensor_split(Tensor indices, long dim = 0) => s_tensor_split_tensor_indices_or_sections.CallMany([this, indices, dim]);

        public Tensor[] hsplit(long size) => s_hsplit_int.CallMany([this, size]);

        public Tensor[] hsplit(long[] sizes) => s_hsplit_array.CallMany([this, sizes]);

        public Tensor[] vsplit(long size) => s_vsplit_int.CallMany([this, size]);

        public Tensor[] vsplit(long[] sizes) => s_vsplit_array.CallMany([this, sizes]);

        public Tensor[] dsplit(long size) => s_dsplit_int.CallMany([this, size]);

        public Tensor[] dsplit(long[] sizes) => s_dsplit_array.CallMany([this, sizes]);
    }

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    public static Tensor ravel(Tensor input) => input.ravel();

    public static Tensor unflatten(Tensor input, long dim, params long[] sizes) => input.unflatten(dim, sizes);

    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    public static Tensor swapaxes(Tensor input, long axis0, long axis1) => input.swapaxes(axis0, axis1);

    public static Tensor swapdims(Tensor input, long dim0, long dim1) => input.swapdims(dim0, dim1);

    public static Tensor t(Tensor input) => input.t();

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor movedim(Tensor input, long[] source, long[] destination) => input.movedim(source, destination);

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);

    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    public static Tensor unsqueeze_(Tensor input, long dim) => input.unsqueeze_(dim);

    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);

    public static Tensor diagonal(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) => input.diagonal(offset, dim1, dim2);

    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);

    public static Tensor view_as_real(Tensor input) => input.view_as_real();

    public static Tensor view_as_complex(Tensor input) => input.view_as_complex();

    public static Tensor unflatten(Tensor input, long dim, Size sizes) => input.unflatten(dim, sizes);

    public static Tensor moveaxis(Tensor input, long[] source, long[] destination) => input.moveaxis(source, destination);

    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor[] tensor_split(Tensor input, Tensor indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor[] hsplit(Tensor input, long indices_or_sections) => input.hsplit(indices_or_sections);

    public static Tensor[] hsplit(Tensor input, long[] indices_or_sections) => input.hsplit(indices_or_sections);

    public static Tensor[] vsplit(Tensor input, long[] indices_or_sections) => input.vsplit(indices_or_sections);

    public static Tensor[] dsplit(Tensor input, long size) => input.dsplit(size);

    public static Tensor[] dsplit(Tensor input, long[] indices_or_sections) => input.dsplit(indices_or_sections);
}
