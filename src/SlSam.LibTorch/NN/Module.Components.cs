using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters and their dotted names; one registered twice is listed once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);

                foreach (var (name, parameter) in _internal_params)
                    if (!parameter.IsInvalid && seen.Add(parameter)) yield return (name, parameter);

                if (!recurse) yield break;

                foreach (var (prefix, child) in _internal_submodules)
                    foreach (var (name, parameter) in child.named_parameters(true))
                        if (seen.Add(parameter)) yield return ($"{prefix}.{name}", parameter);
            }

            /// <summary>The parameters; one registered twice is listed once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(named => named.parameter);

            /// <summary>The buffers and their dotted names; one registered twice is listed once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            /// <param name="include_nonpersistent">Whether those outside the state dictionary are included.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);

                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                    if (!buffer.IsInvalid && (persistent || include_nonpersistent) && seen.Add(buffer)) yield return (name, buffer);

                if (!recurse) yield break;

                foreach (var (prefix, child) in _internal_submodules)
                    foreach (var (name, buffer) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer)) yield return ($"{prefix}.{name}", buffer);
            }

            /// <summary>The buffers; one registered twice is listed once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            /// <param name="include_nonpersistent">Whether those outside the state dictionary are included.</param>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            /// <summary>The direct submodules and their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>The direct submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(named => named.module);

            /// <summary>All submodules and their dotted names: the direct ones, then those below each of them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in _internal_submodules) yield return child;

                foreach (var (prefix, child) in _internal_submodules)
                    foreach (var (name, module) in child.named_modules())
                        yield return ($"{prefix}.{name}", module);
            }

            /// <summary>All submodules: the direct ones, then those below each of them.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);

            /// <summary>Whether there is a parameter of this dotted name.</summary>
            /// <param name="target">The name, relative to this module.</param>
            public virtual bool has_parameter(string target) =>
                _internal_params.ContainsKey(target) || Descend(target, (child, rest) => child.has_parameter(rest));

            /// <summary>The parameter of this dotted name, or null.</summary>
            /// <param name="target">The name, relative to this module.</param>
            public virtual Parameter? get_parameter(string target) =>
                _internal_params.TryGetValue(target, out var parameter)
                    ? parameter
                    : Descend(target, (child, rest) => child.get_parameter(rest));

            /// <summary>Whether there is a buffer of this dotted name.</summary>
            /// <param name="target">The name, relative to this module.</param>
            public virtual bool has_buffer(string target) =>
                _internal_buffers.ContainsKey(target) || Descend(target, (child, rest) => child.has_buffer(rest));

            /// <summary>The buffer of this dotted name, or null.</summary>
            /// <param name="target">The name, relative to this module.</param>
            public virtual Tensor? get_buffer(string target) =>
                _internal_buffers.TryGetValue(target, out var buffer)
                    ? buffer.Item1
                    : Descend(target, (child, rest) => child.get_buffer(rest));

            private T? Descend<T>(string target, Func<Module, string, T?> find)
            {
                var dot = target.IndexOf('.');
                if (dot < 0) return default;

                var prefix = target[..dot];
                foreach (var (name, child) in named_children())
                    if (name == prefix) return find(child, target[(dot + 1)..]);
                return default;
            }
        }
    }
}
