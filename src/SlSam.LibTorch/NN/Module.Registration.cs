using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private const BindingFlags InstanceFields = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

            private bool _areComponentsRegistered;

            /// <summary>
            /// Registers every field that holds a module, a parameter or a tensor (as a buffer) under the field's name,
            /// or the one in its <see cref="ComponentNameAttribute"/>. Constructors of derived classes call it last.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered) return;

                foreach (var field in ComponentFields(GetType()))
                {
                    var component = field.ComponentName();
                    if (IsRegistered(component)) continue;

                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(component, module); break;
                        case Parameter parameter: register_parameter(component, parameter); break;
                        case Tensor tensor: register_buffer(component, tensor); break;
                    }
                }

                _areComponentsRegistered = true;
            }

            /// <summary>Registers a submodule.</summary>
            /// <param name="name">Its name: not empty, without a dot.</param>
            /// <param name="submodule">The submodule; null removes the one registered under the name.</param>
            /// <exception cref="ArgumentException">The name is empty or contains a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule._disposed)
                {
                    if (_internal_submodules.ContainsKey(name)) _internal_submodules.Remove(name);
                    return;
                }

                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A submodule's name must not be empty.", nameof(name));
                if (name.Contains('.'))
                    throw new ArgumentException($"A submodule's name must not contain a dot, but is '{name}'.", nameof(name));
                if (_internal_submodules.ContainsKey(name))
                    throw new InvalidOperationException($"Submodule '{name}' is already registered in {GetName()}.");

                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            /// <summary>Registers a submodule: the same as <see cref="register_module"/>.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="module">The submodule.</param>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Registers a parameter.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="param">The parameter.</param>
            /// <exception cref="ArgumentNullException">The parameter is null or disposed.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), $"Parameter '{name}' of {GetName()} is null or disposed.");
                if (!_internal_params.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter '{name}' is already registered in {GetName()}.");
            }

            /// <summary>Registers a tensor that belongs to the module's state but is not learned.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="tensor">The tensor.</param>
            /// <param name="persistent">Whether it belongs to the state dictionary.</param>
            /// <exception cref="ArgumentNullException">The tensor is null or disposed.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), $"Buffer '{name}' of {GetName()} is null or disposed.");
                if (!_internal_buffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Buffer '{name}' is already registered in {GetName()}.");
            }

            /// <summary>Registers, replaces or (if null) removes a parameter.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="value">The parameter, or null.</param>
            protected void ConditionallyRegisterParameter(string name, Tensor? value) =>
                ConditionallyRegisterParameter(name, value as Parameter);

            /// <summary>Registers, replaces or (if null) removes a parameter.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="value">The parameter, or null.</param>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is not null) _internal_params[name] = value;
                else if (_internal_params.ContainsKey(name)) _internal_params.Remove(name);
            }

            /// <summary>Registers, replaces or (if null) removes a buffer.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="value">The tensor, or null.</param>
            /// <param name="persistent">Whether it belongs to the state dictionary.</param>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is not null) _internal_buffers[name] = (value, persistent);
                else if (_internal_buffers.ContainsKey(name)) _internal_buffers.Remove(name);
            }

            /// <summary>Forgets all submodules.</summary>
            protected void ClearModules() => _internal_submodules.clear();

            private protected void SetParameter(ref Parameter? field, string name, Parameter? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            private protected void SetBuffer(ref Tensor? field, string name, Tensor? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, value);
            }

            private bool IsRegistered(string component) =>
                _internal_submodules.ContainsKey(component) || _internal_params.ContainsKey(component) ||
                    _internal_buffers.ContainsKey(component);

            // Fields of the most derived class first; a field hidden by one of the same name is left out.
            // The modules of this assembly register their components themselves.
            // The annotation on the parameter makes the compiler heed the one on Module where GetType() is passed.
            [UnconditionalSuppressMessage("Trimming", "IL2075",
                Justification = "The annotation on Module keeps the fields of every class derived from it.")]
            private static IEnumerable<FieldInfo> ComponentFields(
                [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
                Type type)
            {
                var seen = new HashSet<string>();
                for (var current = type; current is not null && current.Assembly != typeof(Module).Assembly; current = current.BaseType)
                    foreach (var field in current.GetFields(InstanceFields))
                        if (seen.Add(field.Name)) yield return field;
            }
        }
    }
}

/// <summary>What <see cref="ComponentNameAttribute"/> says about a field.</summary>
public static class FieldInfoExtensionMethods
{
    /// <summary>The name under which a field is registered: that of its <see cref="ComponentNameAttribute"/>, else its own.</summary>
    /// <param name="field">The field.</param>
    public static string ComponentName(this FieldInfo field) => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
}
