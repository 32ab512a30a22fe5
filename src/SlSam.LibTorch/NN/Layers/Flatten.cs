using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Joins consecutive dimensions into one.</summary>
    public sealed class Flatten : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Flatten(long start_dim, long end_dim) : base(nameof(Flatten)) =>
            (this.start_dim, this.end_dim) = (start_dim, end_dim);

        /// <summary>The first dimension to join.</summary>
        public long start_dim { get; set; }

        /// <summary>The last dimension to join.</summary>
        public long end_dim { get; set; }

        /// <summary>Joins consecutive dimensions into one.</summary>
        /// <param name="input">The input.</param>
        public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: joins consecutive dimensions into one.</summary>
            /// <param name="start_dim">The first dimension to join.</param>
            /// <param name="end_dim">The last dimension to join.</param>
            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}
