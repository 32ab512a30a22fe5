namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_index_select = new("aten::index_select");
        private static readonly Operator s_gather = new("aten::gather");
        private static readonly Operator s_scatter_src = new("aten::scatter", "src");
        private static readonly Operator s_scatter__src = new("aten::scatter_", "src");
        private static readonly Operator s_scatter_add = new("aten::scatter_add");
        private static readonly Operator s_scatter_add_ = new("aten::scatter_add_");
        private static readonly Operator s_index_add = new("aten::index_add");
        private static readonly Operator s_index_add_ = new("aten::index_add_");
        private static readonly Operator s_index_copy = new("aten::index_copy");
        private static readonly Operator s_index_copy_ = new("aten::index_copy_");
        private static readonly Operator s_index_fill_int_Scalar = new("aten::index_fill", "int_Scalar");
        private static readonly Operator s_index_fill__int_Scalar = new("aten::index_fill_", "int_Scalar");
        private static readonly Operator s_masked_select = new("aten::masked_select");
        private static readonly Operator s_masked_scatter = new("aten::masked_scatter");
        private static readonly Operator s_masked_scatter_ = new("aten::masked_scatter_");
        private static readonly Operator s_take = new("aten::take");
        private static readonly Operator s_take_along_dim = new("aten::take_along_dim");
        private static readonly Operator s_select_scatter = new("aten::select_scatter");
        private static readonly Operator s_slice_scatter = new("aten::slice_scatter");
        private static readonly Operator s_diagonal_scatter = new("aten::diagonal_scatter");
        private static readonly Operator s_nonzero = new("aten::nonzero");
        private static readonly Operator s_argwhere = new("aten::argwhere");
        private static readonly Operator s_flip = new("aten::flip");
        private static readonly Operator s_fliplr = new("aten::fliplr");
        private static readonly Operator s_flipud = new("aten::flipud");
        private static readonly Operator s_roll = new("aten::roll");
        private static readonly Operator s_repeat = new("aten::repeat");
        private static readonly Operator s_tile = new("aten::tile");
        private static readonly Operator s_repeat_interleave_self_int = new("aten::repeat_interleave", "self_int");
        private static readonly Operator s_repeat_interleave_self_Tensor = new("aten::repeat_interleave", "self_Tensor");
        private static readonly Operator s_triu = new("aten::triu");
        private static readonly Operator s_triu_ = new("aten::triu_");
        private static readonly Operator s_tril = new("aten::tril");
        private static readonly Operator s_tril_ = new("aten::tril_");
        private static readonly Operator s_diag = new("aten::diag");
        private static readonly Operator s_diagflat = new("aten::diagflat");
        private static readonly Operator s_diag_embed = new("aten::diag_embed");

        public Tensor index_select(long dim, Tensor index) => s_index_select.Call([this, dim, index]);

        public Tensor gather(long dim, Tensor index) => s_gather.Call([this, dim, index]);

        public Tensor scatter(long dim, Tensor index, Tensor src) => s_scatter_src.Call([this, dim, index, src]);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => s_scatter__src.CallInPlace(this, [this, dim, index, src]);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => s_scatter_add.Call([this, dim, index, src]);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => s_scatter_add_.CallInPlace(this, [this, dim, index, src]);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => s_index_add.Call([this, dim, index, source, alpha]);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => s_index_add_.CallInPlace(this, [this, dim, index, source, alpha]);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => s_index_copy.Call([this, dim, index, source]);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => s_index_copy_.CallInPlace(this, [this, dim, index, source]);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => s_index_fill_int_Scalar.Call([this, dim, index, value]);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => s_index_fill__int_Scalar.CallInPlace(this, [this, dim, index, value]);

        public Tensor masked_select(Tensor mask) => s_masked_select.Call([this, mask]);

        public Tensor masked_scatter(Tensor mask, Tensor value) => s_masked_scatter.Call([this, mask, value]);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => s_masked_scatter_.CallInPlace(this, [this, mask, value]);

        public Tensor take(Tensor index) => s_take.Call([this, index]);

        public Tensor take_along_dim(Tensor indices, long dim) => s_take_along_dim.Call([this, indices, dim]);

        public Tensor take_along_dim(Tensor indices) => s_take_along_dim.Call([this, indices]);

        public Tensor select_scatter(Tensor src, long dim, long index) => s_select_scatter.Call([this, src, dim, index]);

        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => s_slice_scatter.Call([this, src, dim, start, end, step]);

        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) => s_diagonal_scatter.Call([this, src, offset, dim1, dim2]);

        public Tensor nonzero() => s_nonzero.Call([this]);

        public Tensor argwhere() => s_argwhere.Call([this]);

        public Tensor flip(params long[] dims) => s_flip.Call([this, dims]);

        public Tensor fliplr() => s_fliplr.Call([this]);

        public Tensor flipud() => s_flipud.Call([this]);

        public Tensor roll(long[] shifts) => s_roll.Call([this, shifts]);

        public Tensor roll(long shifts, long? dims = null) => s_roll.Call([this, shifts, dims is { } d ? d : Array.Empty<long>()]);

        public Tensor roll(long[] shifts, long[] dims) => s_roll.Call([this, shifts, dims]);

        public Tensor repeat(params long[] sizes) => s_repeat.Call([this, sizes]);

        public Tensor tile(long[] reps) => s_tile.Call([this, reps]);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => s_repeat_interleave_self_int.Call([this, repeats, dim, output_size]);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => s_repeat_interleave_self_Tensor.Call([this, repeats, dim, output_size]);

        public Tensor triu(long diagonal = 0) => s_triu.Call([this, diagonal]);

        public Tensor triu_(long diagonal = 0) => s_triu_.CallInPlace(this, [this, diagonal]);

        public Tensor tril(long diagonal = 0) => s_tril.Call([this, diagonal]);

        public Tensor tril_(long diagonal = 0) => s_tril_.CallInPlace(this, [this, diagonal]);

        public Tensor diag(long diagonal = 0) => s_diag.Call([this, diagonal]);

        public Tensor diagflat(long offset = 0) => s_diagflat.Call([this, offset]);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => s_diag_embed.Call([this, offset, dim1, dim2]);
    }

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    public static Tensor scatter_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_(dim, index, src);

    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);

    public static Tensor scatter_add_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add_(dim, index, src);

    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add(dim, index, source, alpha);

    public static Tensor index_add_(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add_(dim, index, source, alpha);

    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy(dim, index, source);

    public static Tensor index_copy_(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy_(dim, index, source);

    public static Tensor index_fill(Tensor input, long dim, Tensor index, Scalar value) => input.index_fill(dim, index, value);

    public static Tensor index_fill_(Tensor input, long dim, Tensor index, Scalar value) => input.index_fill_(dim, index, value);

    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor take(Tensor input, Tensor index) => input.take(index);

    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim = 0) => input.take_along_dim(indices, dim);

    public static Tensor select_scatter(Tensor input, Tensor src, long dim, long index) => input.select_scatter(src, dim, index);

    public static Tensor slice_scatter(Tensor input, Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => input.slice_scatter(src, dim, start, end, step);

    public static Tensor diagonal_scatter(Tensor input, Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) => input.diagonal_scatter(src, offset, dim1, dim2);

    public static Tensor nonzero(Tensor input) => input.nonzero();

    public static Tensor argwhere(Tensor input) => input.argwhere();

    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public static Tensor fliplr(Tensor input) => input.fliplr();

    public static Tensor flipud(Tensor input) => input.flipud();

    public static Tensor roll(Tensor input, long[] shifts) => input.roll(shifts);

    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);

    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) => input.repeat_interleave(repeats, dim, output_size);

    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) => input.repeat_interleave(repeats, dim, output_size);

    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    public static Tensor triu_(Tensor input, long diagonal = 0) => input.triu_(diagonal);

    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    public static Tensor tril_(Tensor input, long diagonal = 0) => input.tril_(diagonal);

    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    public static Tensor diagflat(Tensor input, long offset = 0) => input.diagflat(offset);

    public static Tensor diag_embed(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1) => input.diag_embed(offset, dim1, dim2);
}
