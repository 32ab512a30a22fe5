using System.Text.Json;

namespace SlSam;

internal sealed class NumberEntry(string name, Func<double> get, Action<double> set) : StateEntry(name)
{
    public override void Save(StateWriter writer) => StateNumber.Write(writer.Begin(Name), get());

    public override Action Load(StateReader reader)
    {
        var value = StateNumber.Read(reader, Name, reader.Value(Name));
        return () => set(value);
    }
}

internal sealed class IntegerEntry(string name, Func<long> get, Action<long> set, long minimum, long maximum) : StateEntry(name)
{
    public override void Save(StateWriter writer) => writer.Begin(Name).WriteNumberValue(get());

    public override Action Load(StateReader reader)
    {
        var element = reader.Value(Name);
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out var value) || value < minimum || value > maximum)
        {
            throw reader.Refuse($"'{Name}' is {StateReader.Shorten(element)}, but must be a whole number from {minimum} to {maximum}");
        }

        return () => set(value);
    }
}

internal sealed class FlagEntry(string name, Func<bool> get, Action<bool> set) : StateEntry(name)
{
    public override void Save(StateWriter writer) => writer.Begin(Name).WriteBooleanValue(get());

    public override Action Load(StateReader reader)
    {
        var element = reader.Value(Name);
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw reader.Refuse($"'{Name}' is {StateReader.Shorten(element)}, but must be true or false");
        }

        var value = element.GetBoolean();
        return () => set(value);
    }
}

internal sealed class NumbersEntry(string name, double[] values) : StateEntry(name)
{
    public override void Save(StateWriter writer)
    {
        var json = writer.Begin(Name);
        json.WriteStartArray();
        foreach (var value in values)
        {
            StateNumber.Write(json, value);
        }

        json.WriteEndArray();
    }

    public override Action Load(StateReader reader)
    {
        var elements = reader.List(Name);
        if (elements.GetArrayLength() != values.Length)
        {
            throw reader.Refuse($"'{Name}' has {elements.GetArrayLength()} numbers, but must have {values.Length}");
        }

        var read = elements.EnumerateArray().Select(element => StateNumber.Read(reader, Name, element)).ToArray();
        return () => read.CopyTo(values, 0);
    }
}

internal sealed class IntegersEntry(string name, Func<IReadOnlyList<long>> get, Action<long[]> set, Func<long[], string?> problem) : StateEntry(name)
{
    public override void Save(StateWriter writer)
    {
        var json = writer.Begin(Name);
        json.WriteStartArray();
        foreach (var value in get())
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    public override Action Load(StateReader reader)
    {
        var elements = reader.List(Name);
        var values = new long[elements.GetArrayLength()];
        var count = 0;
        foreach (var element in elements.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out values[count++]))
            {
                throw reader.Refuse($"'{Name}' has {StateReader.Shorten(element)} in it, but must be a list of whole numbers");
            }
        }

        return problem(values) is { } what ? throw reader.Refuse($"'{Name}' is a list of whole numbers, {what}") : () => set(values);
    }
}
