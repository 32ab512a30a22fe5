using System.Text.Json;

namespace SlSam;

/// <summary>Floating-point numbers in JSON, exactly: what JSON has no number for stands there as text.</summary>
internal static class StateNumber
{
    private const string NotANumber = "NaN", Infinity = "Infinity", NegativeInfinity = "-Infinity";

    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? NotANumber : value > 0 ? Infinity : NegativeInfinity);
        }
    }

    public static double Read(StateReader reader, string name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        return (element.ValueKind == JsonValueKind.String ? element.GetString() : null) switch
        {
            NotANumber => double.NaN,
            Infinity => double.PositiveInfinity,
            NegativeInfinity => double.NegativeInfinity,
            _ => throw reader.Refuse($"'{name}' has {StateReader.Shorten(element)}, but must have numbers"),
        };
    }
}
