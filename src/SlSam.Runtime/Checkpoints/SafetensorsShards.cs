using System.Text.Json;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Tensors that are shared out among several safetensors files, as Hugging Face writes large models: an index, such as
/// <c>model.safetensors.index.json</c>, names for each tensor the file beside it that has it. Members are those of <see cref="SafetensorsFile"/>.
/// </summary>
public sealed class SafetensorsShards : ISafetensors, IDisposable
{
    private const int MaximumIndexLength = 100_000_000;

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _fileOf = new(StringComparer.Ordinal);
    private readonly List<SafetensorsEntry> _entries = [];

    private SafetensorsShards(string path) => Path = path;

    /// <summary>The path of the index.</summary>
    public string Path { get; }

    /// <summary>The tensors, file by file in the order of the files' names.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _entries;

    /// <summary>Opens an index and all files that it names, and checks each and all against each other; tensors' values are not read yet.</summary>
    /// <param name="path">The path of the index.</param>
    /// <returns>The open files; disposing it closes them.</returns>
    /// <exception cref="InvalidDataException">
    /// The index is damaged, or names something that is no file beside it, or a file is damaged, or lacks a tensor that the index says it has, or has one that
    /// another has too.
    /// </exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static SafetensorsShards Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var shards = new SafetensorsShards(path);
        try
        {
            var index = ReadIndex(path);
            foreach (var name in index.Values.Distinct().Order(StringComparer.Ordinal))
                shards.Add(SafetensorsFile.Open(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, name)));
            foreach (var (tensor, name) in index)
                if (!shards._fileOf.TryGetValue(tensor, out var file) || System.IO.Path.GetFileName(file.Path) != name)
                    throw new InvalidDataException($"'{path}' says that '{name}' has the tensor '{tensor}', but it has not.");
            return shards;
        }
        catch
        {
            shards.Dispose();
            throw;
        }
    }

    /// <summary>Whether one of the files has a tensor of this name.</summary>
    /// <param name="name">The name, exactly as the file spells it.</param>
    public bool Contains(string name) => _fileOf.ContainsKey(name);

    /// <summary>The description of a tensor.</summary>
    /// <param name="name">The name, exactly as the file spells it.</param>
    /// <exception cref="KeyNotFoundException">No file has a tensor of this name.</exception>
    public SafetensorsEntry this[string name] => FileOf(name)[name];

    /// <summary>Reads one tensor, as <see cref="SafetensorsFile.Read"/> does.</summary>
    /// <param name="name">The name, exactly as the file spells it.</param>
    /// <param name="dtype">The element type to convert to; null keeps that of the file.</param>
    /// <param name="device">The device to put it on; null is the CPU.</param>
    /// <returns>A new tensor that does not require a gradient; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">No file has a tensor of this name.</exception>
    /// <exception cref="InvalidDataException">The file has been shortened since it was opened.</exception>
    public Tensor Read(string name, ScalarType? dtype = null, Device? device = null) => FileOf(name).Read(name, dtype, device);

    /// <summary>Copies tensors of the files into a module's parameters and persistent buffers, as <see cref="SafetensorsFile.LoadInto"/> does.</summary>
    /// <param name="module">The module to fill.</param>
    /// <param name="fileName">The name in the files for a name in the module, or null for one that stays as it is; null where names are the same.</param>
    /// <param name="strict">Whether it is an error if the files lack a tensor that is asked for, or have one that is not.</param>
    /// <returns>What was loaded, and what was missing or left over if <paramref name="strict"/> is false.</returns>
    /// <exception cref="InvalidDataException">
    /// A shape differs, fractions would go into whole numbers, or, if <paramref name="strict"/>, a name is missing or left over. The module is as it was.
    /// </exception>
    public SafetensorsLoadResult LoadInto(nn.Module module, Func<string, string?>? fileName = null, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(module);
        return SafetensorsModuleLoader.Load(this, module, fileName ?? (name => name), strict);
    }

    /// <summary>Closes the files. Tensors that were read from them stay valid.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    void ISafetensors.RequireWhole() => _files.ForEach(file => file.RequireWhole());

    void ISafetensors.CopyInto(string name, Tensor target) => FileOf(name).CopyInto(name, target);

    private void Add(SafetensorsFile file)
    {
        _files.Add(file);
        foreach (var entry in file.Entries)
        {
            if (!_fileOf.TryAdd(entry.Name, file))
                throw new InvalidDataException($"'{file.Path}' and '{_fileOf[entry.Name].Path}' both have a tensor '{entry.Name}'.");
            _entries.Add(entry);
        }
    }

    private SafetensorsFile FileOf(string name) => _fileOf.TryGetValue(name, out var file)
        ? file
        : throw new KeyNotFoundException($"None of the {_files.Count} files that '{Path}' names has a tensor '{name}'; they have {Entries.Count} others.");

    /// <summary>The file names by tensor: a name is that of a file beside the index, and no path that leads away from it.</summary>
    private static Dictionary<string, string> ReadIndex(string path)
    {
        try
        {
            using var document = BoundedJson.Open(path, MaximumIndexLength);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException("it has no object 'weight_map'");
            var index = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in map.EnumerateObject())
            {
                string file = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
                if (file is "" or "." or ".." || file.AsSpan().IndexOfAny("/\\:\0") >= 0)
                    throw new InvalidDataException($"it has the tensor '{property.Name}' in '{file}', which is not the name of a file beside it");
                if (!index.TryAdd(property.Name, file))
                    throw new InvalidDataException($"it names the tensor '{property.Name}' twice");
            }
            return index;
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' cannot be read as an index of safetensors files: {exception.Message.TrimEnd('.')}.", exception);
        }
    }
}
