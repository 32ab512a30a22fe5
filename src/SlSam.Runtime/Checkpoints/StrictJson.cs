using System.Text.Json;

namespace SlSam;

/// <summary>JSON in which nothing is said twice.</summary>
internal static class StrictJson
{
    /// <summary>Refuses a property that an object has twice, wherever it is.</summary>
    /// <exception cref="JsonException">There is one.</exception>
    public static void RefuseDuplicates(JsonElement element, string path = "")
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var each in element.EnumerateArray())
            {
                RefuseDuplicates(each, path);
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new JsonException($"The property '{path}{property.Name}' is given twice.");
            }

            RefuseDuplicates(property.Value, $"{path}{property.Name}.");
        }
    }
}
