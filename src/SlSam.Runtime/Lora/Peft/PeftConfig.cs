using System.Text.Json;

namespace SlSam;

/// <summary>What an <c>adapter_config.json</c> of Hugging Face PEFT says about low-rank adapters.</summary>
internal sealed record PeftConfig
{
    /// <summary>The file's name in an adapter's folder.</summary>
    public const string FileName = "adapter_config.json";

    private const int MaximumLength = 1 << 24;

    /// <summary>What PEFT computes otherwise than a <see cref="LoraAdapter"/>, if it is anything but null, false or empty.</summary>
    private static readonly string[] s_unsupported =
    [
        "alora_invocation_tokens", "arrow_config", "fan_in_fan_out", "kasa_config", "layer_replication", "lora_bias", "monteclora_config", "target_parameters",
        "trainable_token_indices", "use_bdlora", "use_dora", "use_qalora",
    ];

    /// <summary>Ways to initialize that change the weights of the model that is adapted.</summary>
    private static readonly string[] s_changingInitializations = ["pissa", "olora", "corda", "loftq", "lora_ga"];

    /// <summary>What holds for every adapter that no pattern names.</summary>
    public required LoraOptions Options { get; init; }

    /// <summary>Ranks of adapters whose path ends with what a regular expression matches.</summary>
    public IReadOnlyDictionary<string, double> Ranks { get; init; } = new Dictionary<string, double>();

    /// <summary>Values of alpha, likewise.</summary>
    public IReadOnlyDictionary<string, double> Alphas { get; init; } = new Dictionary<string, double>();

    /// <summary>The paths of the adapted layers; what the file with the weights says counts where this is read.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Paths or ends of paths of the modules that are trained as a whole.</summary>
    public IReadOnlyList<string> ModulesToSave { get; init; } = [];

    /// <summary>The name of the model that is adapted; may be null.</summary>
    public string? BaseModel { get; init; }

    /// <summary>Rank, alpha, dropout and scale of the adapter of a layer.</summary>
    public LoraOptions OptionsOf(string path) => Options with
    {
        Rank = (int)PathPattern.Find(Ranks, path, Options.Rank),
        Alpha = PathPattern.Find(Alphas, path, Options.Alpha),
    };

    /// <summary>Writes the file; it appears under its name when it is complete.</summary>
    public void Write(string folder) => WholeFile.Write(Path.Combine(folder, FileName), stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        Write(json);
    });

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or the adapters are of a kind that a <see cref="LoraAdapter"/> is not.</exception>
    public static PeftConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var document = BoundedJson.Open(path, MaximumLength);
            return Parse(document.RootElement);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' cannot be read as the configuration of low-rank adapters: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WritePattern(json, "alpha_pattern", Alphas);
        json.WriteNull("auto_mapping");
        json.WriteString("base_model_name_or_path", BaseModel);
        json.WriteString("bias", "none");
        json.WriteBoolean("fan_in_fan_out", false);
        json.WriteBoolean("inference_mode", true);
        json.WriteBoolean("init_lora_weights", true);
        json.WriteNull("layers_pattern");
        json.WriteNull("layers_to_transform");
        json.WriteNumber("lora_alpha", Options.Alpha);
        json.WriteNumber("lora_dropout", Options.Dropout);
        WriteList(json, "modules_to_save", ModulesToSave);
        json.WriteString("peft_type", "LORA");
        json.WriteNumber("r", Options.Rank);
        WritePattern(json, "rank_pattern", Ranks);
        json.WriteNull("revision");
        WriteList(json, "target_modules", Targets);
        json.WriteNull("task_type");
        json.WriteBoolean("use_dora", false);
        json.WriteBoolean("use_rslora", Options.RankStabilized);
        json.WriteEndObject();
    }

    private static PeftConfig Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("it is no JSON object");
        }

        var type = root.TryGetProperty("peft_type", out var kind) ? kind.ToString() : null;
        if (type != "LORA")
        {
            throw new InvalidDataException($"peft_type is '{type}'; only 'LORA' can be loaded");
        }

        foreach (var name in s_unsupported)
        {
            if (root.TryGetProperty(name, out var value) && !IsEmpty(value))
            {
                throw new InvalidDataException($"{name} is {value.GetRawText()}; adapters that need it cannot be loaded");
            }
        }

        if (root.TryGetProperty("bias", out var bias) && !IsEmpty(bias) && bias.ToString() != "none")
        {
            throw new InvalidDataException($"bias is '{bias}'; only 'none' can be loaded");
        }

        if (root.TryGetProperty("init_lora_weights", out var initialization)
            && initialization.ValueKind == JsonValueKind.String
            && Array.Exists(s_changingInitializations, name => initialization.GetString()!.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidDataException($"init_lora_weights is '{initialization}', which changes the weights of the adapted model: it cannot be loaded");
        }

        return new PeftConfig
        {
            Options = new LoraOptions
            {
                Rank = Whole(root, "r", 8),
                Alpha = Number(root, "lora_alpha", 8),
                Dropout = Number(root, "lora_dropout", 0),
                RankStabilized = root.TryGetProperty("use_rslora", out var stabilized) && !IsEmpty(stabilized),
            },
            Ranks = Pattern(root, "rank_pattern"),
            Alphas = Pattern(root, "alpha_pattern"),
            Targets = Names(root, "target_modules"),
            ModulesToSave = Names(root, "modules_to_save"),
            BaseModel = root.TryGetProperty("base_model_name_or_path", out var baseModel) ? baseModel.ToString() : null,
        };
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.String => value.GetString()!.Length == 0,
        _ => false,
    };

    private static int Whole(JsonElement root, string name, int missing)
    {
        var number = Number(root, name, missing);
        return number is >= 1 and <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw new InvalidDataException($"{name} is {root.GetProperty(name).GetRawText()}, but must be a whole number of at least 1");
    }

    private static double Positive(JsonElement root, string name)
    {
        var number = Number(root, name, 1);
        return number > 0 ? number : throw new InvalidDataException($"{name} is {root.GetProperty(name).GetRawText()}, but must be greater than 0");
    }

    private static double Number(JsonElement root, string name, double missing)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return missing;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new InvalidDataException($"{name} is {value.GetRawText()}, but must be a number");
    }

    private static Dictionary<string, double> Pattern(JsonElement root, string name)
    {
        var pattern = new Dictionary<string, double>(StringComparer.Ordinal);
        if (root.TryGetProperty(name, out var value) && !IsEmpty(value))
        {
            foreach (var each in value.EnumerateObject())
            {
                PathPattern.Check(each.Name);
                pattern[each.Name] = name == "rank_pattern" ? Whole(value, each.Name, 1) : Positive(value, each.Name);
            }
        }

        return pattern;
    }

    private static string[] Names(JsonElement root, string name) => !root.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(each => each.GetString() ?? throw new InvalidDataException($"{name} has a null in it"))],
            _ => throw new InvalidDataException($"{name} is {value.GetRawText()}, but must be a list of names"),
        };

    private static void WritePattern(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> pattern)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pattern)
        {
            json.WriteNumber(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
