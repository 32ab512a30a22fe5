using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural network modules, functions on tensors, initializers and utilities.</summary>
    public static partial class nn
    {
        /// <summary>Base of all neural network modules: a named tree of parameters, buffers and submodules.</summary>
        // RegisterComponents and _toEpilog look for these in classes derived from this one; the annotation keeps them when trimmed.
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields |
            DynamicallyAccessedMemberTypes.PublicProperties)]
        public partial class Module : IDisposable
        {
            /// <summary>The type of the device that this module was last moved to.</summary>
            protected DeviceType _deviceType = DeviceType.CPU;

            /// <summary>The index of the device that this module was last moved to, or -1.</summary>
            protected int _deviceIndex = -1;

            /// <summary>The name given to the constructor.</summary>
            protected string? name;

            /// <summary>The registered submodules, in order of registration.</summary>
            protected OrderedDict<string, Module> _internal_submodules = new();

            /// <summary>The registered buffers, and whether each belongs to the state dictionary.</summary>
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();

            /// <summary>The registered parameters, in order of registration.</summary>
            protected OrderedDict<string, Parameter> _internal_params = new();

            private bool _training = true;
            private bool _disposed;

            /// <summary>Makes a module without components, in training mode.</summary>
            /// <param name="name">The name that <see cref="GetName"/> returns.</param>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is in training mode.</summary>
            public virtual bool training => _training;

            /// <summary>The name of the module: the one given to the constructor, else that of its class.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Puts the module and its submodules in training mode, or in evaluation mode.</summary>
            /// <param name="train">False for evaluation mode.</param>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            /// <summary>Puts the module and its submodules in evaluation mode.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls a function on every submodule, deepest first, then on this module.</summary>
            /// <param name="fn">The function.</param>
            /// <returns>This module.</returns>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _internal_submodules) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Clears the gradients of all parameters.</summary>
            /// <param name="set_to_none">True removes the gradients, false fills them with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            /// <summary>Disposes the parameters and buffers of this module and of its submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters and buffers of this module and of its submodules.</summary>
            /// <param name="disposing">False when called from a finalizer.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;

                foreach (var (_, (buffer, _)) in _internal_buffers) buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in _internal_params) parameter.DetachFromDisposeScope().Dispose();
                foreach (var (_, child) in _internal_submodules) child.Dispose();
            }
        }
    }
}
