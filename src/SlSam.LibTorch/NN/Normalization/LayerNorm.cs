using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Normalization over the last dimensions (Ba et al. 2016).</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;

        internal LayerNorm(
            long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);

            if (elementwise_affine) weight = new Parameter(torch.empty(normalized_shape, dtype, device));
            if (elementwise_affine && bias) this.bias = new Parameter(torch.empty(normalized_shape, dtype, device));
            reset_parameters();
        }

        /// <summary>The sizes of the last dimensions.</summary>
        public long[] normalized_shape { get; set; }

        /// <summary>What is added to the variance.</summary>
        public double eps { get; set; }

        /// <summary>Whether there is a weight.</summary>
        public bool elementwise_affine { get; set; }

        /// <summary>The weight, of shape [normalized_shape].</summary>
        public Parameter weight
        {
            get => _weight!;
            set => SetParameter(ref _weight, nameof(weight), value);
        }

        /// <summary>The bias, of shape [normalized_shape], or null.</summary>
        public Parameter? bias
        {
            get => _bias;
            set => SetParameter(ref _bias, nameof(bias), value);
        }

        /// <summary>Sets the weight to ones and the bias to zeros.</summary>
        public void reset_parameters() => InitialValues.Identity(_weight, _bias);

        /// <summary>The input, normalized over its last dimensions.</summary>
        /// <param name="tensor">The input, of shape [.., normalized_shape].</param>
        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);

        private protected override void SetComponent(string name, torch.Tensor replacement)
        {
            if (name == nameof(weight)) weight = (Parameter)replacement;
            else bias = (Parameter)replacement;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a normalization over the last dimensions.</summary>
            /// <param name="normalized_shape">Their sizes.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="elementwise_affine">Whether there is a weight.</param>
            /// <param name="bias">Whether there is a bias beside the weight.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1E-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <summary>Makes a normalization over the last dimension.</summary>
            /// <param name="normalized_shape">Its size.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="elementwise_affine">Whether there is a weight.</param>
            /// <param name="bias">Whether there is a bias beside the weight.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1E-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
