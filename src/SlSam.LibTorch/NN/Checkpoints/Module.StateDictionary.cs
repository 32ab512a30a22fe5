namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters and persistent buffers by name: the tensors themselves, not copies.</summary>
            /// <param name="destination">Where to add them, or null for a new dictionary.</param>
            /// <param name="prefix">What is put before each name, with a dot; or null.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>();
                string Key(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";

                foreach (var (name, parameter) in named_parameters()) destination.TryAdd(Key(name), parameter);
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(Key(name), buffer);
                foreach (var (name, child) in _internal_submodules) child.state_dict(destination, Key(name));
                return destination;
            }

            /// <summary>Copies tensors into the parameters and buffers of the same names.</summary>
            /// <param name="source">The tensors by name.</param>
            /// <param name="strict">Whether the names must be the same on both sides.</param>
            /// <param name="skip">Names to pass over, or null.</param>
            /// <returns>Names that the source lacks, and names that this module lacks.</returns>
            /// <exception cref="InvalidOperationException">
            /// The names differ though they must not, or a tensor has another shape; nothing has been copied then.
            /// </exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var passedOver = new HashSet<string>(skip ?? []);
                var missing = destination.Keys.Where(key => !passedOver.Contains(key) && !source.ContainsKey(key)).ToList();
                var unexpected = source.Keys.Where(key => !passedOver.Contains(key) && !destination.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(
                        $"The names in source are not those of {GetName()}: " +
                        $"missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");

                var copied = source.Where(entry => !passedOver.Contains(entry.Key) && destination.ContainsKey(entry.Key)).ToList();
                foreach (var (key, tensor) in copied)
                    if (!tensor.shape.AsSpan().SequenceEqual(destination[key].shape))
                        throw new InvalidOperationException(
                            $"'{key}' has shape [{string.Join(", ", tensor.shape)}] in source, " +
                            $"but [{string.Join(", ", destination[key].shape)}] in {GetName()}.");

                using var noGrad = no_grad();
                foreach (var (key, tensor) in copied) destination[key].copy_(tensor);
                return (missing, unexpected);
            }
        }
    }
}
