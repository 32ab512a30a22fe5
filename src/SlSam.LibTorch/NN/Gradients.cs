using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Functions on the parameters and gradients of modules.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients by one factor so that their joint norm is at most a given one.</summary>
            /// <param name="tensors">The parameters; those without a gradient are passed over.</param>
            /// <param name="max_norm">The largest norm allowed.</param>
            /// <param name="norm_type">The p of the norm; may be infinite.</param>
            /// <returns>The norm before scaling.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();

                var gradients = Gradients(tensors);
                if (gradients.Length == 0) return 0;

                var norms = gradients.Select(gradient => gradient.norm((float)norm_type).to(gradients[0].device)).ToArray();
                using var joint = stack(norms).norm((float)norm_type);
                var total = joint.ToDouble();

                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                    foreach (var gradient in gradients) gradient.mul_(factor);
                return total;
            }

            /// <summary>Cuts all elements of the gradients off at a value and at its negative.</summary>
            /// <param name="tensors">The parameters; those without a gradient are passed over.</param>
            /// <param name="clip_value">The largest absolute value allowed.</param>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                foreach (var gradient in Gradients(tensors)) gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All parameters' elements in one vector.</summary>
            /// <param name="tensors">The parameters.</param>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(parameter => parameter.reshape(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            /// <summary>Sets parameters to the elements of a vector.</summary>
            /// <param name="vec">The vector, as <see cref="parameters_to_vector"/> makes it.</param>
            /// <param name="tensors">The parameters.</param>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var noGrad = no_grad();
                var position = 0L;
                foreach (var parameter in tensors)
                {
                    var count = parameter.numel();
                    using var part = vec.narrow(0, position, count);
                    using var shaped = part.view_as(parameter);
                    parameter.copy_(shaped);
                    position += count;
                }
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> parameters) =>
                parameters.Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
        }
    }
}
