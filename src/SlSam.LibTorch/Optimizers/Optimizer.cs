using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimizers and schedulers of their learning rates.</summary>
    public static partial class optim
    {
        /// <summary>Base of all optimizers: groups of parameters, each with its options.</summary>
        public abstract class Optimizer : IDisposable
        {
            /// <summary>The groups of parameters.</summary>
            protected IList<ParamGroup> _parameter_groups = new List<ParamGroup>();

            /// <summary>Makes an optimizer without parameters.</summary>
            /// <param name="handle">A native optimizer: there is none here, so <see cref="IntPtr.Zero"/>.</param>
            protected Optimizer(IntPtr handle)
            {
                if (handle != IntPtr.Zero)
                    throw new ArgumentException($"There are no native optimizers; handle must be zero, but is {handle}.", nameof(handle));
            }

            /// <summary>What schedulers set the learning rates of: one for each group of parameters.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>The parameters of all groups.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            /// <summary>Updates the parameters from their gradients.</summary>
            /// <param name="closure">What computes the loss and the gradients first, or null if they are there.</param>
            /// <returns>The closure's loss, or null.</returns>
            public virtual Tensor? step(Func<Tensor>? closure = null) =>
                throw new NotSupportedException($"{GetType().Name} does not say what a step is.");

            /// <summary>Fills all gradients with zeros.</summary>
            public virtual void zero_grad()
            {
                foreach (var group in _parameter_groups)
                    foreach (var parameter in group.Parameters)
                    {
                        using var gradient = parameter.grad;
                        gradient?.zero_();
                    }
            }

            /// <summary>Adds a group of parameters.</summary>
            /// <param name="param_group">The group.</param>
            public virtual void add_param_group(ParamGroup param_group) =>
                throw new NotImplementedException($"{GetType().Name} takes all parameters when it is made.");

            /// <summary>Disposes the optimizer's state.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the optimizer's state.</summary>
            /// <param name="disposing">False when called from a finalizer.</param>
            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>The options of all groups and the state of all parameters.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>The options of each group.</summary>
                public List<OptimizerOptions> Options { get; } = new();

                /// <summary>The state of each parameter, group by group.</summary>
                public List<OptimizerState> State { get; } = new();

                /// <summary>For each group, the positions of its parameters' states.</summary>
                public List<List<int>> StateIndexRef { get; } = new();
            }
        }

        /// <summary>Something whose learning rate can be set.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate that schedulers start from.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something that has a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>The momentum.</summary>
            double Momentum { get; set; }
        }

        /// <summary>Something that has the two decay rates of Adam.</summary>
        public interface IBetas
        {
            /// <summary>The decay rates of the gradients' mean and of their squares' mean.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
