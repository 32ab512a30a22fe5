using System.Text.Json;
using System.Text.Json.Nodes;

namespace SlSam;

/// <summary>The <c>training.json</c> of a checkpoint: what the checkpoint is, its other files, and all state that is no tensor.</summary>
internal sealed class CheckpointManifest
{
    /// <summary>The file's name in the folder.</summary>
    public const string FileName = "training.json";

    private const string Format = "SlSam training checkpoint";
    private const int Version = 1;
    private const int MaximumLength = 1 << 30;

    private readonly string _folder;
    private readonly Dictionary<string, CheckpointFile> _files = new(StringComparer.Ordinal);

    private CheckpointManifest(string folder, JsonElement root)
    {
        _folder = folder;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "format") != Format)
        {
            throw TrainingCheckpoint.Refuse(folder, $"its {FileName} does not say '{Format}'");
        }

        var version = Whole(root, "version");
        if (version != Version)
        {
            throw TrainingCheckpoint.Refuse(folder, $"it is of version {version}; this version of SlSam reads version {Version}");
        }

        StrictJson.Require(root);
        Step = Whole(root, "step");
        TrainedOnly = Text(root, "weights") switch
        {
            "all" => false,
            "trained" => true,
            var other => throw TrainingCheckpoint.Refuse(folder, $"'weights' is '{other}', but must be 'all' or 'trained'"),
        };
        foreach (var file in Member(root, "files", JsonValueKind.Object).EnumerateObject())
        {
            _files.Add(file.Name, new CheckpointFile(file.Name, Whole(file.Value, "bytes"), Text(file.Value, "sha256")));
        }

        State = Member(root, "state", JsonValueKind.Object).Clone();
        Data = root.TryGetProperty("data", out var data) ? JsonNode.Parse(data.GetRawText()) : null;
    }

    /// <summary>How many steps had been made.</summary>
    public long Step { get; }

    /// <summary>Whether weights that are not trained were left out.</summary>
    public bool TrainedOnly { get; }

    /// <summary>All state that is no tensor.</summary>
    public JsonElement State { get; }

    /// <summary>The caller's own data.</summary>
    public JsonNode? Data { get; }

    /// <summary>Writes the file and flushes it to the disk.</summary>
    public static void Write(string folder, long step, bool trainedOnly, IEnumerable<CheckpointFile> files, MemoryStream state, JsonNode? data)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteNumber("step", step);
            json.WriteString("weights", trainedOnly ? "trained" : "all");
            json.WriteStartObject("files");
            foreach (var each in files)
            {
                json.WriteStartObject(each.Name);
                json.WriteNumber("bytes", each.Length);
                json.WriteString("sha256", each.Checksum);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WritePropertyName("state");
            json.WriteRawValue(state.GetBuffer().AsSpan(0, (int)state.Length), skipInputValidation: true);
            if (data is not null)
            {
                json.WritePropertyName("data");
                data.WriteTo(json);
            }

            json.WriteEndObject();
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static CheckpointManifest Read(string folder)
    {
        try
        {
            using var document = BoundedJson.Open(Path.Combine(folder, FileName), MaximumLength);
            return new CheckpointManifest(folder, document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw TrainingCheckpoint.Refuse(folder, $"its {FileName} cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Checks that a file is the one that was written.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public void Verify(string name)
    {
        var file = _files.GetValueOrDefault(name) ?? throw TrainingCheckpoint.Refuse(_folder, $"its {FileName} does not name '{name}'");
        if (file.Problem(_folder) is { } problem)
        {
            throw TrainingCheckpoint.Refuse(_folder, problem);
        }
    }

    private JsonElement Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw TrainingCheckpoint.Refuse(_folder, $"its {FileName} has no '{name}' where there should be one");

    private string Text(JsonElement parent, string name) => Member(parent, name, JsonValueKind.String).GetString()!;

    private long Whole(JsonElement parent, string name) => Member(parent, name, JsonValueKind.Number).TryGetInt64(out var number) && number >= 0
        ? number
        : throw TrainingCheckpoint.Refuse(_folder, $"'{name}' in its {FileName} is no whole number from 0 on");
}
