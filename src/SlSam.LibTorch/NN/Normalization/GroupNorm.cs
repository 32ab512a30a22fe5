using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Normalization over groups of channels of each example (Wu and He 2018).</summary>
    public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;

        internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            if (num_groups < 1 || num_channels % num_groups != 0)
                throw new ArgumentException(
                    $"num_channels must be a multiple of num_groups, but is {num_channels}, and num_groups {num_groups}.",
                    nameof(num_groups));

            (this.num_groups, this.eps, this.affine) = (num_groups, eps, affine);
            if (!affine) return;

            weight = new Parameter(torch.empty(num_channels, dtype, device));
            bias = new Parameter(torch.empty(num_channels, dtype, device));
            InitialValues.Identity(_weight, _bias);
        }

        /// <summary>How many groups.</summary>
        public long num_groups { get; set; }

        /// <summary>What is added to the variance.</summary>
        public double eps { get; set; }

        /// <summary>Whether there are a weight and a bias.</summary>
        public bool affine { get; set; }

        /// <summary>The weight, of shape [channels].</summary>
        public Parameter weight
        {
            get => _weight!;
            set => SetParameter(ref _weight, nameof(weight), value);
        }

        /// <summary>The bias, of shape [channels], or null.</summary>
        public Parameter? bias
        {
            get => _bias;
            set => SetParameter(ref _bias, nameof(bias), value);
        }

        /// <summary>The input, normalized over groups of channels.</summary>
        /// <param name="tensor">The input, of shape [N, channels, ..].</param>
        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.group_norm(tensor, num_groups, _weight, _bias, eps);

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
            /// <summary>Makes a normalization over groups of channels of each example.</summary>
            /// <param name="num_groups">How many groups.</param>
            /// <param name="num_channels">How many channels, a multiple of the groups.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="affine">Whether there are a weight and a bias.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1E-05, bool affine = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
