namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills tensors with initial values, in place and outside the graph. Each function returns its tensor.</summary>
        public static partial class init
        {
            /// <summary>Which size keeps the variance: that of the inputs (forward pass) or of the outputs (backward pass).</summary>
            public enum FanInOut
            {
                /// <summary>The number of inputs.</summary>
                FanIn = 0,

                /// <summary>The number of outputs.</summary>
                FanOut = 1,
            }

            /// <summary>What follows a layer, for its recommended gain.</summary>
            public enum NonlinearityType
            {
                /// <summary>Linear layer.</summary>
                Linear = 0,

                /// <summary>1-D convolution.</summary>
                Conv1D = 1,

                /// <summary>2-D convolution.</summary>
                Conv2D = 2,

                /// <summary>3-D convolution.</summary>
                Conv3D = 3,

                /// <summary>Transposed 1-D convolution.</summary>
                ConvTranspose1D = 4,

                /// <summary>Transposed 2-D convolution.</summary>
                ConvTranspose2D = 5,

                /// <summary>Transposed 3-D convolution.</summary>
                ConvTranspose3D = 6,

                /// <summary>Logistic sigmoid.</summary>
                Sigmoid = 7,

                /// <summary>Hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>Rectifier.</summary>
                ReLU = 9,

                /// <summary>Leaky rectifier.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Fills with zeros.</summary>
            /// <param name="tensor">The tensor.</param>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Fills with ones.</summary>
            /// <param name="tensor">The tensor.</param>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Fills with one value.</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="val">The value.</param>
            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var noGrad = no_grad();
                return tensor.fill_(val);
            }

            /// <summary>Fills with draws uniform in [low, high).</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="low">Lower bound.</param>
            /// <param name="high">Upper bound.</param>
            /// <param name="generator">Source of random numbers, or null for the default one.</param>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var noGrad = no_grad();
                return tensor.uniform_(low, high, generator);
            }

            /// <summary>Fills with normal draws.</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="mean">Mean.</param>
            /// <param name="std">Standard deviation.</param>
            /// <param name="generator">Source of random numbers, or null for the default one.</param>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var noGrad = no_grad();
                return tensor.normal_(mean, std, generator);
            }

            /// <summary>Fills with normal draws cut off at bounds, by inversion of the distribution function.</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="mean">Mean before cutting.</param>
            /// <param name="std">Standard deviation before cutting.</param>
            /// <param name="a">Lower bound.</param>
            /// <param name="b">Upper bound.</param>
            /// <param name="generator">Source of random numbers, or null for the default one.</param>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                using var noGrad = no_grad();
                var scale = std * Math.Sqrt(2);
                using var bounds = torch.tensor(new[] { (a - mean) / scale, (b - mean) / scale }, ScalarType.Float64).erf_();
                var erf = bounds.data<double>();
                return tensor.uniform_(erf[0], erf[1], generator).erfinv_().mul_(scale).add_(mean).clamp_(a, b);
            }

            /// <summary>Uniform draws of variance 2 gain^2 / (fan in + fan out) (Glorot and Bengio 2010).</summary>
            /// <param name="tensor">The tensor, of two or more dimensions.</param>
            /// <param name="gain">Factor.</param>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var bound = Math.Sqrt(3.0) * GlorotDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal draws of variance 2 gain^2 / (fan in + fan out) (Glorot and Bengio 2010).</summary>
            /// <param name="tensor">The tensor, of two or more dimensions.</param>
            /// <param name="gain">Factor.</param>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1) => normal_(tensor, 0, GlorotDeviation(tensor, gain));

            /// <summary>The same as <see cref="xavier_uniform_"/>.</summary>
            /// <param name="tensor">The tensor, of two or more dimensions.</param>
            /// <param name="gain">Factor.</param>
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            /// <summary>The same as <see cref="xavier_normal_"/>.</summary>
            /// <param name="tensor">The tensor, of two or more dimensions.</param>
            /// <param name="gain">Factor.</param>
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            /// <summary>Uniform draws of variance gain^2 / fan (He et al. 2015).</summary>
            /// <param name="tensor">The tensor, of two or more dimensions.</param>
            /// <param name="a">Slope of the leaky rectifier that follows.</param>
            /// <param name="mode">Which fan.</param>
            /// <param name="nonlinearity">What follows the layer.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal draws of variance gain^2 / fan (He et al. 2015).</summary>
            /// <param name="tensor">The tensor, of two or more dimensions.</param>
            /// <param name="a">Slope of the leaky rectifier that follows.</param>
            /// <param name="mode">Which fan.</param>
            /// <param name="nonlinearity">What follows the layer.</param>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>The recommended gain of a layer by what follows it.</summary>
            /// <param name="nonlinearity">What follows.</param>
            /// <param name="param">Slope of a leaky rectifier.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1,
            };

            /// <summary>How many inputs and outputs one unit of a weight has.</summary>
            /// <param name="tensor">The weight, of shape [outputs, inputs, ..].</param>
            /// <exception cref="ArgumentException">The weight has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException(
                        $"Fan in and fan out need two or more dimensions, but tensor has {shape.Length}.", nameof(tensor));

                var receptiveField = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * receptiveField, shape[0] * receptiveField);
            }

            private static double GlorotDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }
        }
    }
}
