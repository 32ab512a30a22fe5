using static TorchSharp.torch;

namespace SlSam;

/// <summary>Adapters as a folder that Hugging Face PEFT writes and reads: an <c>adapter_config.json</c> and an <c>adapter_model.safetensors</c>.</summary>
internal static class PeftFolder
{
    /// <summary>Writes adapters and modules that are trained as a whole. The weights come first: a folder without a configuration is no adapter.</summary>
    public static void Write(
        string folder, IReadOnlyList<(string Path, LoraAdapter Adapter)> adapters, IReadOnlyList<(string Path, nn.Module Module)> whole,
        string? baseModel, Func<string, string> peftPath)
    {
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (var (path, adapter) in adapters)
        {
            var (a, b) = PeftAdapterFile.Factors(peftPath(path), adapter.Layer);
            tensors.Add(new(a, adapter.A));
            tensors.Add(new(b, adapter.B));
        }

        foreach (var (path, module) in whole)
        {
            tensors.AddRange(module.state_dict().Select(each => new KeyValuePair<string, Tensor>(PeftAdapterFile.Whole(peftPath(path), each.Key), each.Value)));
        }

        var options = adapters[0].Adapter.Options;
        Directory.CreateDirectory(folder);
        SafetensorsWriter.Write(Path.Combine(folder, PeftAdapterFile.FileName), tensors, new Dictionary<string, string> { ["format"] = "pt" });
        new PeftConfig
        {
            Options = options,
            Ranks = Others(each => each.Rank),
            Alphas = Others(each => each.Alpha),
            Targets = [.. adapters.Select(each => peftPath(each.Path))],
            ModulesToSave = [.. whole.Select(each => peftPath(each.Path))],
            BaseModel = baseModel,
        }.Write(folder);

        Dictionary<string, double> Others(Func<LoraOptions, double> value) => adapters
            .Where(each => value(each.Adapter.Options) != value(options))
            .ToDictionary(each => PathPattern.Of(peftPath(each.Path)), each => value(each.Adapter.Options));
    }

    /// <summary>Attaches the adapters that a folder describes, with their weights; what goes wrong leaves the model as it was.</summary>
    public static LoraModel Load(nn.Module model, string folder, Func<string, string> peftPath)
    {
        var config = PeftConfig.Read(folder);
        using var file = SafetensorsFile.Open(Path.Combine(folder, PeftAdapterFile.FileName));
        var missing = PeftAdapterFile.AdaptedPaths(file);
        if (missing.Count == 0)
        {
            throw new InvalidDataException($"'{file.Path}' has no factors of low-rank adapters; its first tensor is {file.Entries.FirstOrDefault()?.ToString() ?? "missing"}.");
        }

        HashSet<string> adapted = [], whole = [];
        foreach (var (path, module) in model.named_modules())
        {
            var there = peftPath(path);
            if (missing.Remove(there))
            {
                CheckRank(file, there, module, config.OptionsOf(there).Rank);
                adapted.Add(path);
            }
            else if (LoraTargets.EndsWithOne(there, config.ModulesToSave))
            {
                whole.Add(path);
            }
        }

        if (missing.Count > 0)
        {
            throw new InvalidDataException(
                $"'{file.Path}' adapts {string.Join(", ", missing.Order(StringComparer.Ordinal).Take(4).Select(path => $"'{path}'"))}{(missing.Count > 4 ? $" and {missing.Count - 4} more" : "")}, which {model.GetName()} has no module for. Where its modules have other names, tell them by peftPath.");
        }

        var lora = new LoraModel(
            model, path => config.OptionsOf(peftPath(path)), LoraTargets.Exactly(adapted), whole.Count > 0 ? LoraTargets.Exactly(whole) : null);
        try
        {
            var names = FileNames(lora, file, peftPath);
            file.LoadInto(lora, names.GetValueOrDefault);
            return lora;
        }
        catch
        {
            lora.Dispose();
            throw;
        }
    }

    /// <summary>Checks the rank that the configuration says against the factor that is there, before memory is taken for as much.</summary>
    private static void CheckRank(SafetensorsFile file, string path, nn.Module layer, int rank)
    {
        var (name, _) = PeftAdapterFile.Factors(path, layer);
        if (!file.Contains(name))
        {
            throw new InvalidDataException($"'{file.Path}' has no '{name}', but the other factor of that adapter.");
        }

        if (file[name].Shape is not [var rows, ..] || rows != rank)
        {
            throw new InvalidDataException($"'{file.Path}' has {file[name]}, but '{PeftConfig.FileName}' says that the rank of '{path}' is {rank}.");
        }
    }

    /// <summary>The names in the file of what is trained, by its names in an adapted model.</summary>
    private static Dictionary<string, string> FileNames(LoraModel lora, SafetensorsFile file, Func<string, string> peftPath)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, adapter) in lora.Adapters)
        {
            var (a, b) = PeftAdapterFile.Factors(peftPath(path), adapter.Layer);
            foreach (var (name, parameter) in adapter.named_parameters(recurse: true))
            {
                names[lora.NameOf(path, $"{LoraAdapter.AttachedName}.{name}")] = ReferenceEquals(parameter, adapter.A) ? a : b;
            }

            var table = PeftAdapterFile.Table(peftPath(path));
            if (file.Contains(table))
            {
                names[lora.NameOf(path, "weight")] = table;
            }
        }

        foreach (var (path, module) in lora.TrainedWhole)
        {
            foreach (var name in module.state_dict().Keys)
            {
                names[lora.NameOf(path, name)] = PeftAdapterFile.Whole(peftPath(path), name);
            }
        }

        return names;
    }
}
