using System.Text.Json;

namespace SlSam;

/// <summary>JSON in which nothing is said twice, and all text is text.</summary>
internal static class StrictJson
{
    /// <summary>Refuses a property that an object has twice, and text that is no Unicode, wherever they are.</summary>
    /// <exception cref="JsonException">There is one.</exception>
    public static void Require(JsonElement element)
    {
        try
        {
            Require(element, "");
        }
        catch (InvalidOperationException exception)
        {
            // What a string or a name is that is not Unicode shows only where it is read.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static void Require(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var each in element.EnumerateArray())
                {
                    Require(each, path);
                }

                break;
            case JsonValueKind.Object:
                RequireProperties(element, path);
                break;
        }
    }

    private static void RequireProperties(JsonElement element, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new JsonException($"The property '{path}{property.Name}' is given twice.");
            }

            Require(property.Value, $"{path}{property.Name}.");
        }
    }
}
