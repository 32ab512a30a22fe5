using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>In training, sets each element to zero with probability p and divides the others by 1 - p.</summary>
    public sealed class Dropout : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Dropout(double p, bool inplace) : base(nameof(Dropout)) =>
            (this.p, this.inplace) = (p, inplace);

        /// <summary>The probability of zero.</summary>
        public double p { get; set; }

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>In training, sets each element to zero with probability p and divides the others by 1 - p.</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout(tensor, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: in training, sets each element to zero with probability p.</summary>
            /// <param name="p">The probability, in 0..1.</param>
            /// <param name="inplace">Whether the input is changed.</param>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                private static readonly Operator s_dropout = new("aten::dropout"), s_dropoutInPlace = new("aten::dropout_");

                /// <summary>In training, sets each element to zero with probability p and divides the others by 1 - p.</summary>
                /// <param name="input">The input.</param>
                /// <param name="p">The probability, in 0..1.</param>
                /// <param name="training">False for another handle to the input.</param>
                /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                    inplace ? s_dropoutInPlace.CallInPlace(input, [input, p, training]).alias() : s_dropout.Call([input, p, training]);
            }
        }
    }
}
