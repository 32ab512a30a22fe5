using System.Text.Json;

namespace SlSam;

/// <summary>Something that a checkpoint does not restore, but that must be the same where it is loaded.</summary>
/// <param name="name">Its name in a checkpoint.</param>
/// <param name="get">Reads it.</param>
/// <param name="otherwise">What is wrong where a checkpoint has another text.</param>
/// <param name="isSetting">Whether it may differ where other settings are allowed.</param>
internal sealed class SameEntry(string name, Func<string> get, Func<string, string> otherwise, bool isSetting) : StateEntry(name)
{
    public override void Save(StateWriter writer) => writer.Begin(Name).WriteStringValue(get());

    public override Action Load(StateReader reader)
    {
        var element = reader.Value(Name);
        if (element.ValueKind != JsonValueKind.String)
        {
            throw reader.Refuse($"'{Name}' is {StateReader.Shorten(element)}, but must be a text");
        }

        var saved = element.GetString()!;
        return saved == get() || (isSetting && !reader.SameSettings) ? () => { } : throw reader.Refuse(otherwise(saved));
    }
}
