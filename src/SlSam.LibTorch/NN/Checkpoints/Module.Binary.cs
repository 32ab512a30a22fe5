namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Writes the state dictionary to a file in TorchSharp's binary format.</summary>
            /// <param name="location">The file; one that exists is overwritten.</param>
            /// <param name="skip">Names to leave out, or null.</param>
            /// <returns>This module.</returns>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes the state dictionary to a stream, which is closed then, in TorchSharp's binary format.</summary>
            /// <param name="stream">The stream.</param>
            /// <param name="skip">Names to leave out, or null.</param>
            /// <returns>This module.</returns>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes the state dictionary in TorchSharp's binary format.</summary>
            /// <param name="writer">Where to.</param>
            /// <param name="skip">Names to leave out, or null.</param>
            /// <returns>This module.</returns>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes tensors and their names in TorchSharp's binary format.</summary>
            /// <param name="writer">Where to.</param>
            /// <param name="sd">The tensors by name.</param>
            /// <param name="skip">Names to leave out, or null.</param>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var written = sd.Where(entry => skip?.Contains(entry.Key) != true).ToList();
                writer.Write7BitEncodedInt64(written.Count);
                foreach (var (name, tensor) in written)
                {
                    writer.Write(name);
                    TensorStream.Write(writer, tensor);
                }
            }

            /// <summary>Reads a state dictionary from a file in TorchSharp's binary format.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Whether the names must be those of this module.</param>
            /// <param name="skip">Names to pass over, or null.</param>
            /// <param name="loadedParameters">Is told of each name in the file whether this module has it; or null.</param>
            /// <returns>This module.</returns>
            /// <exception cref="ArgumentException">
            /// A name, element type or shape is not that of this module; nothing has changed then.
            /// </exception>
            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads a state dictionary from a stream, which is closed then, in TorchSharp's binary format.</summary>
            /// <param name="stream">The stream.</param>
            /// <param name="strict">Whether the names must be those of this module.</param>
            /// <param name="skip">Names to pass over, or null.</param>
            /// <param name="loadedParameters">Is told of each name in the stream whether this module has it; or null.</param>
            /// <returns>This module.</returns>
            /// <exception cref="ArgumentException">
            /// A name, element type or shape is not that of this module; nothing has changed then.
            /// </exception>
            public Module load(
                Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads a state dictionary in TorchSharp's binary format.</summary>
            /// <param name="reader">Where from.</param>
            /// <param name="strict">Whether the names must be those of this module.</param>
            /// <param name="skip">Names to pass over, or null.</param>
            /// <param name="loadedParameters">Is told of each name read whether this module has it; or null.</param>
            /// <returns>This module.</returns>
            /// <exception cref="ArgumentException">
            /// A name, element type or shape is not that of this module; nothing has changed then.
            /// </exception>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var own = state_dict();
                var count = TensorStream.ReadNumber(reader);
                if (strict && count != own.Count)
                    throw new ArgumentException(
                        $"There must be {own.Count} entries for {GetName()}, but there are {count}.", nameof(reader));

                // All is read and checked before anything is changed.
                using var scope = NewDisposeScope();
                var copies = new List<(Tensor Target, Tensor Source)>();
                for (var i = 0L; i < count; i++)
                {
                    var name = TensorStream.ReadText(reader);
                    var source = TensorStream.Read(reader);
                    var found = own.TryGetValue(name, out var target);
                    if (!found && strict) throw new ArgumentException($"{GetName()} has no '{name}'.", nameof(reader));
                    loadedParameters?.Add(name, found);
                    if (!found || skip?.Contains(name) == true)
                    {
                        source.Dispose();
                        continue;
                    }

                    TensorStream.Check(source, target!, $"'{name}'");
                    copies.Add((target!, source));
                }

                using var noGrad = no_grad();
                foreach (var (target, source) in copies) target.copy_(source);
                return this;
            }
        }
    }
}
