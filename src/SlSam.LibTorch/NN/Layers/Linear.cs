using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>An affine map of the last dimension: y = x W^T + b.</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;

        internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);

            weight = new Parameter(torch.empty(outputSize, inputSize, dtype, device));
            if (hasBias) bias = new Parameter(torch.empty(outputSize, dtype, device));
            InitialValues.FanInUniform(weight, bias);
        }

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            (in_features, out_features) = (weight.size(1), weight.size(0));
            this.weight = weight;
            this.bias = bias;
        }

        /// <summary>Size of the input's last dimension.</summary>
        public long in_features { get; set; }

        /// <summary>Size of the result's last dimension.</summary>
        public long out_features { get; set; }

        /// <summary>W, of shape [out_features, in_features].</summary>
        public Parameter weight
        {
            get => _weight!;
            set => SetParameter(ref _weight, nameof(weight), value);
        }

        /// <summary>b, of shape [out_features], or null.</summary>
        public Parameter? bias
        {
            get => _bias;
            set => SetParameter(ref _bias, nameof(bias), value);
        }

        /// <summary>x W^T + b.</summary>
        /// <param name="tensor">x, of shape [.., in_features].</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);

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
            /// <summary>Makes an affine map with random values in (-1/sqrt(inputSize), 1/sqrt(inputSize)).</summary>
            /// <param name="inputSize">Size of the input's last dimension.</param>
            /// <param name="outputSize">Size of the result's last dimension.</param>
            /// <param name="hasBias">Whether there is a bias.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            /// <summary>Makes an affine map of given parameters.</summary>
            /// <param name="weight">W, of shape [out_features, in_features].</param>
            /// <param name="bias">b, of shape [out_features], or null.</param>
            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

            public static partial class functional
            {
                private static readonly Operator s_linear = new("aten::linear");

                /// <summary>x W^T + b.</summary>
                /// <param name="input">x, of shape [.., in_features].</param>
                /// <param name="weights">W, of shape [out_features, in_features].</param>
                /// <param name="bias">b, of shape [out_features], or null.</param>
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => s_linear.Call([input, weights, bias]);
            }
        }
    }
}
