using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlSam.Experiments.Records;

/// <summary>
/// A folder with a JSON file for each finished run: what stands there is not run again. A file appears under its name only when it is complete.
/// </summary>
internal sealed class RecordFolder(string path)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Where the records are.</summary>
    public string Path { get; } = path;

    /// <summary>The record of a run, or null if there is none; one that cannot be read does not count.</summary>
    public RunRecord? Find(RunKey key) => Read<RunRecord>(key.FileName) is { } record && record.Key == key ? record : null;

    /// <summary>The record of a method's memory, or null if there is none.</summary>
    public MemoryRecord? FindMemory(string method, string fingerprint) =>
        Read<MemoryRecord>(MemoryRecord.FileName(method, fingerprint)) is { } record && record.Fingerprint == fingerprint ? record : null;

    /// <summary>The record of a method's step time, or null if there is none.</summary>
    public TimeRecord? FindTime(string method, string fingerprint) =>
        Read<TimeRecord>(TimeRecord.FileName(method, fingerprint)) is { } record && record.Fingerprint == fingerprint ? record : null;

    /// <summary>Every run's record that can be read, those of other configurations too.</summary>
    public IReadOnlyList<RunRecord> AllRuns() => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*.seed*.json").Order(StringComparer.Ordinal)
            .Select(file => Read<RunRecord>(System.IO.Path.GetFileName(file))).OfType<RunRecord>()]
        : [];

    /// <summary>Keeps the record of a run.</summary>
    public void Write(RunRecord record) => Write(record.Key.FileName, record);

    /// <summary>Keeps the record of a method's memory.</summary>
    public void Write(MemoryRecord record) => Write(MemoryRecord.FileName(record.Method, record.Fingerprint), record);

    /// <summary>Keeps the record of a method's step time.</summary>
    public void Write(TimeRecord record) => Write(TimeRecord.FileName(record.Method, record.Fingerprint), record);

    private T? Read<T>(string name) where T : class
    {
        string file = System.IO.Path.Combine(Path, name);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file), s_json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write<T>(string name, T record)
    {
        Directory.CreateDirectory(Path);
        string file = System.IO.Path.Combine(Path, name), draft = file + ".part";
        File.WriteAllText(draft, JsonSerializer.Serialize(record, s_json) + "\n");
        File.Move(draft, file, overwrite: true);
    }
}
