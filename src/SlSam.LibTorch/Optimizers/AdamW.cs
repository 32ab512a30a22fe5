using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Adam with weight decay apart from the gradients (Loshchilov and Hutter 2019).</summary>
    public class AdamW : OptimizerHelper, torch.optim.IBetas
    {
        /// <summary>Makes the optimizer of one group of parameters.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay rate of the gradients' mean.</param>
        /// <param name="beta2">Decay rate of the squared gradients' mean.</param>
        /// <param name="eps">What is added to the denominator.</param>
        /// <param name="weight_decay">Fraction of the parameters, times the learning rate, taken off at each step.</param>
        /// <param name="amsgrad">Whether the largest mean square so far is the denominator (Reddi et al. 2018).</param>
        /// <param name="maximize">Whether steps go uphill.</param>
        public AdamW(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        /// <summary>Makes the optimizer of groups of parameters.</summary>
        /// <param name="parameters">The groups; options they do not state are those that follow.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="beta1">Decay rate of the gradients' mean.</param>
        /// <param name="beta2">Decay rate of the squared gradients' mean.</param>
        /// <param name="eps">What is added to the denominator.</param>
        /// <param name="weight_decay">Fraction of the parameters, times the learning rate, taken off at each step.</param>
        /// <param name="amsgrad">Whether the largest mean square so far is the denominator (Reddi et al. 2018).</param>
        /// <param name="maximize">Whether steps go uphill.</param>
        /// <exception cref="ArgumentException">An option is negative, or a decay rate is not below 1.</exception>
        public AdamW(
            IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            Check.NotNegative(lr);
            Check.DecayRate(beta1);
            Check.DecayRate(beta2);
            Check.NotNegative(eps);
            Check.NotNegative(weight_decay);

            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
            foreach (var group in parameters) add_param_group(group);
        }

        /// <summary>The decay rates of groups that state none of their own.</summary>
        public (double, double) Betas
        {
            get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
            set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
        }

        /// <inheritdoc/>
        public override torch.Tensor? step(Func<torch.Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

        /// <inheritdoc/>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var defaults = (Options)_defaults;
            var options = (Options)(param_group.Options ??= new Options());
            options.LearningRate ??= defaults.LearningRate;
            options.beta1 ??= defaults.beta1;
            options.beta2 ??= defaults.beta2;
            options.eps ??= defaults.eps;
            options.weight_decay ??= defaults.weight_decay;
            options.amsgrad ??= defaults.amsgrad;
            options.maximize ??= defaults.maximize;
            AddGroup(param_group, parameter => new State(parameter));
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing) DisposeState();
        }

        private void Update(ParamGroup group)
        {
            var options = group.Options;
            var (beta1, beta2) = group.Betas;
            var learningRate = group.LearningRate;

            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient) continue;
                if (options.maximize!.Value) gradient = -gradient;
                var state = (State)_state[parameter.Handle];

                state.step += 1;
                parameter.mul_(1 - (learningRate * options.weight_decay!.Value));

                var correction1 = 1 - Math.Pow(beta1, state.step);
                var correction2 = 1 - Math.Pow(beta2, state.step);
                state.exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
                state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);

                if (state.max_exp_avg_sq is { } largest)
                {
                    state.max_exp_avg_sq = torch.maximum(largest, state.exp_avg_sq).DetachFromDisposeScope();
                    largest.Dispose();
                }

                var denominator = ((state.max_exp_avg_sq ?? state.exp_avg_sq).sqrt() / Math.Sqrt(correction2)).add_(options.eps!.Value);
                parameter.addcdiv_(state.exp_avg, denominator, value: -(learningRate / correction1));
            }
        }

        /// <summary>Options of a group; those that are null are the optimizer's.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>Decay rate of the gradients' mean.</summary>
            public double? beta1;

            /// <summary>Decay rate of the squared gradients' mean.</summary>
            public double? beta2;

            /// <summary>What is added to the denominator.</summary>
            public double? eps;

            /// <summary>Fraction of the parameters, times the learning rate, taken off at each step.</summary>
            public double? weight_decay;

            /// <summary>Whether the largest mean square so far is the denominator.</summary>
            public bool? amsgrad;

            /// <summary>Whether steps go uphill.</summary>
            public bool? maximize;

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
                (amsgrad, maximize) = (other.amsgrad, other.maximize);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                beta1 = reader.ReadDouble();
                beta2 = reader.ReadDouble();
                eps = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                amsgrad = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(beta1!.Value);
                writer.Write(beta2!.Value);
                writer.Write(eps!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(amsgrad!.Value);
                writer.Write(maximize!.Value);
            }
        }

        /// <summary>A group of parameters.</summary>
        public class ParamGroup : ParamGroup<Options>, torch.optim.IBetas
        {
            /// <summary>Makes a group without parameters.</summary>
            public ParamGroup()
            {
            }

            /// <summary>Makes a group.</summary>
            /// <param name="parameters">The parameters.</param>
            /// <param name="options">Their options.</param>
            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            /// <summary>Makes a group.</summary>
            /// <param name="parameters">The parameters.</param>
            /// <param name="lr">Learning rate.</param>
            /// <param name="beta1">Decay rate of the gradients' mean.</param>
            /// <param name="beta2">Decay rate of the squared gradients' mean.</param>
            /// <param name="eps">What is added to the denominator.</param>
            /// <param name="weight_decay">Fraction of the parameters, times the learning rate, taken off at each step.</param>
            /// <param name="amsgrad">Whether the largest mean square so far is the denominator (Reddi et al. 2018).</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                })
            {
            }

            /// <summary>The group's decay rates.</summary>
            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = value;
            }
        }

        /// <summary>What is kept for one parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>How many steps have been made.</summary>
            public long step;

            /// <summary>Decaying mean of the gradients.</summary>
            public torch.Tensor exp_avg = null!;

            /// <summary>Decaying mean of the squared gradients.</summary>
            public torch.Tensor exp_avg_sq = null!;

            /// <summary>The largest of those means so far; null without amsgrad.</summary>
            public torch.Tensor? max_exp_avg_sq;

            /// <summary>Makes a state.</summary>
            /// <param name="parameter">The parameter.</param>
            public State(Parameter parameter) : base(parameter)
            {
            }

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                step = 0;
                (exp_avg, exp_avg_sq) = (Zeros(), Zeros());
                max_exp_avg_sq = ((Options)options).amsgrad!.Value ? Zeros() : null;
            }

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                Copy(ref exp_avg!, other.exp_avg);
                Copy(ref exp_avg_sq!, other.exp_avg_sq);
                Copy(ref max_exp_avg_sq, other.max_exp_avg_sq);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                TensorStream.ReadInto(reader, exp_avg);
                TensorStream.ReadInto(reader, exp_avg_sq);
                LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
            }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                TensorStream.Write(writer, exp_avg);
                TensorStream.Write(writer, exp_avg_sq);
                SaveConditionalStateTensor(writer, max_exp_avg_sq);
            }

            /// <inheritdoc/>
            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State state && step == state.step && Near(exp_avg, state.exp_avg) && Near(exp_avg_sq, state.exp_avg_sq) &&
                Near(max_exp_avg_sq, state.max_exp_avg_sq);

            /// <inheritdoc/>
            public override void to(torch.Device device)
            {
                Move(ref exp_avg!, device);
                Move(ref exp_avg_sq!, device);
                Move(ref max_exp_avg_sq, device);
            }

            /// <summary>Disposes the means.</summary>
            public void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Makes AdamW over one group of parameters.</summary>
            /// <param name="parameters">The parameters.</param>
            /// <param name="lr">Learning rate.</param>
            /// <param name="beta1">Decay rate of the gradients' mean.</param>
            /// <param name="beta2">Decay rate of the squared gradients' mean.</param>
            /// <param name="eps">What is added to the denominator.</param>
            /// <param name="weight_decay">Fraction of the parameters, times the learning rate, taken off at each step.</param>
            /// <param name="amsgrad">Whether the largest mean square so far is the denominator (Reddi et al. 2018).</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Makes AdamW over one group of named parameters.</summary>
            /// <param name="parameters">The names and parameters.</param>
            /// <param name="lr">Learning rate.</param>
            /// <param name="beta1">Decay rate of the gradients' mean.</param>
            /// <param name="beta2">Decay rate of the squared gradients' mean.</param>
            /// <param name="eps">What is added to the denominator.</param>
            /// <param name="weight_decay">Fraction of the parameters, times the learning rate, taken off at each step.</param>
            /// <param name="amsgrad">Whether the largest mean square so far is the denominator (Reddi et al. 2018).</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public static AdamW AdamW(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Makes AdamW over groups of parameters.</summary>
            /// <param name="parameters">The groups; options they do not state are those that follow.</param>
            /// <param name="lr">Learning rate.</param>
            /// <param name="beta1">Decay rate of the gradients' mean.</param>
            /// <param name="beta2">Decay rate of the squared gradients' mean.</param>
            /// <param name="eps">What is added to the denominator.</param>
            /// <param name="weight_decay">Fraction of the parameters, times the learning rate, taken off at each step.</param>
            /// <param name="amsgrad">Whether the largest mean square so far is the denominator (Reddi et al. 2018).</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
