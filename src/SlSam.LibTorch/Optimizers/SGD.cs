using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
    public class SGD : OptimizerHelper, torch.optim.IMomentum
    {
        /// <summary>Makes the optimizer of one group of parameters.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="momentum">Momentum.</param>
        /// <param name="dampening">How much less than the whole gradient enters the momentum.</param>
        /// <param name="weight_decay">Factor of the parameters added to the gradients.</param>
        /// <param name="nesterov">Whether it is Nesterov's momentum.</param>
        /// <param name="maximize">Whether steps go uphill.</param>
        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>Makes the optimizer of groups of parameters.</summary>
        /// <param name="parameters">The groups; options they do not state are those that follow.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="momentum">Momentum.</param>
        /// <param name="dampening">How much less than the whole gradient enters the momentum.</param>
        /// <param name="weight_decay">Factor of the parameters added to the gradients.</param>
        /// <param name="nesterov">Whether it is Nesterov's momentum.</param>
        /// <param name="maximize">Whether steps go uphill.</param>
        /// <exception cref="ArgumentException">An option is negative, or Nesterov's momentum has no momentum or a dampening.</exception>
        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            Check.NotNegative(lr);
            Check.NotNegative(momentum);
            Check.NotNegative(weight_decay);
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException(
                    $"Nesterov's momentum needs a positive momentum and no dampening, but momentum is {momentum}, dampening {dampening}.");

            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
            foreach (var group in parameters) add_param_group(group);
        }

        /// <summary>The momentum of groups that state none of their own.</summary>
        public double Momentum
        {
            get => ((Options)_defaults).momentum!.Value;
            set => ((Options)_defaults).momentum = value;
        }

        /// <inheritdoc/>
        public override torch.Tensor? step(Func<torch.Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

        /// <inheritdoc/>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var defaults = (Options)_defaults;
            var options = (Options)(param_group.Options ??= new Options());
            options.LearningRate ??= defaults.LearningRate;
            options.momentum ??= defaults.momentum;
            options.dampening ??= defaults.dampening;
            options.weight_decay ??= defaults.weight_decay;
            options.nesterov ??= defaults.nesterov;
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
            var (momentum, weightDecay) = (options.momentum!.Value, options.weight_decay!.Value);

            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient) continue;
                if (weightDecay != 0) gradient = gradient.add(parameter, alpha: weightDecay);

                if (momentum != 0)
                {
                    var state = (State)_state[parameter.Handle];
                    if (state.momentum_buffer is null) state.momentum_buffer = gradient.clone().DetachFromDisposeScope();
                    else state.momentum_buffer.mul_(momentum).add_(gradient, alpha: 1 - options.dampening!.Value);

                    gradient = options.nesterov!.Value ? gradient.add(state.momentum_buffer, alpha: momentum) : state.momentum_buffer;
                }

                parameter.add_(gradient, alpha: options.maximize!.Value ? group.LearningRate : -group.LearningRate);
            }
        }

        /// <summary>Options of a group; those that are null are the optimizer's.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>Momentum.</summary>
            public double? momentum;

            /// <summary>How much less than the whole gradient enters the momentum.</summary>
            public double? dampening;

            /// <summary>Factor of the parameters added to the gradients.</summary>
            public double? weight_decay;

            /// <summary>Whether it is Nesterov's momentum.</summary>
            public bool? nesterov;

            /// <summary>Whether steps go uphill.</summary>
            public bool? maximize;

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                (nesterov, maximize) = (other.nesterov, other.maximize);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                momentum = reader.ReadDouble();
                dampening = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                nesterov = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(momentum!.Value);
                writer.Write(dampening!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(nesterov!.Value);
                writer.Write(maximize!.Value);
            }
        }

        /// <summary>A group of parameters.</summary>
        public class ParamGroup : ParamGroup<Options>, torch.optim.IMomentum
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
            /// <param name="momentum">Momentum.</param>
            /// <param name="dampening">How much less than the whole gradient enters the momentum.</param>
            /// <param name="weight_decay">Factor of the parameters added to the gradients.</param>
            /// <param name="nesterov">Whether it is Nesterov's momentum.</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                })
            {
            }

            /// <summary>The group's momentum.</summary>
            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }

        /// <summary>What is kept for one parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>The momentum; null before the first step.</summary>
            public torch.Tensor? momentum_buffer;

            /// <summary>Makes a state.</summary>
            /// <param name="parameter">The parameter.</param>
            public State(Parameter parameter) : base(parameter)
            {
            }

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                momentum_buffer = null;
            }

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerState source) => Copy(ref momentum_buffer, ((State)source).momentum_buffer);

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader) =>
                LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

            /// <inheritdoc/>
            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State state && Near(momentum_buffer, state.momentum_buffer);

            /// <inheritdoc/>
            public override void to(torch.Device device) => Move(ref momentum_buffer, device);

            /// <summary>Disposes the momentum.</summary>
            public void Dispose() => momentum_buffer?.Dispose();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Makes stochastic gradient descent over one group of parameters.</summary>
            /// <param name="parameters">The parameters.</param>
            /// <param name="learningRate">Learning rate.</param>
            /// <param name="momentum">Momentum.</param>
            /// <param name="dampening">How much less than the whole gradient enters the momentum.</param>
            /// <param name="weight_decay">Factor of the parameters added to the gradients.</param>
            /// <param name="nesterov">Whether it is Nesterov's momentum.</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Makes stochastic gradient descent over one group of named parameters.</summary>
            /// <param name="parameters">The names and parameters.</param>
            /// <param name="learningRate">Learning rate.</param>
            /// <param name="momentum">Momentum.</param>
            /// <param name="dampening">How much less than the whole gradient enters the momentum.</param>
            /// <param name="weight_decay">Factor of the parameters added to the gradients.</param>
            /// <param name="nesterov">Whether it is Nesterov's momentum.</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Makes stochastic gradient descent over groups of parameters.</summary>
            /// <param name="parameters">The groups; options they do not state are those that follow.</param>
            /// <param name="learningRate">Learning rate.</param>
            /// <param name="momentum">Momentum.</param>
            /// <param name="dampening">How much less than the whole gradient enters the momentum.</param>
            /// <param name="weight_decay">Factor of the parameters added to the gradients.</param>
            /// <param name="nesterov">Whether it is Nesterov's momentum.</param>
            /// <param name="maximize">Whether steps go uphill.</param>
            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
