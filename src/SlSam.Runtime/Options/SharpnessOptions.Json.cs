using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlSam;

[JsonPolymorphic(TypeDiscriminatorPropertyName = OptionsJson.Method)]
[JsonDerivedType(typeof(SlSamOptions), MethodNames.SlSam)]
[JsonDerivedType(typeof(SamOptions), MethodNames.Sam)]
[JsonDerivedType(typeof(LayerWiseSamOptions), MethodNames.LayerWiseSam)]
[JsonDerivedType(typeof(RandomStepOptions), MethodNames.RandomStep)]
[JsonDerivedType(typeof(UniformOptions), MethodNames.Uniform)]
[JsonDerivedType(typeof(PlainOptions), MethodNames.Plain)]
public abstract partial record SharpnessOptions
{
    /// <summary>Writes the options as JSON, all but <see cref="Draws"/>; the property <c>method</c> says which they are.</summary>
    /// <exception cref="NotSupportedException">The options are of a type of your own.</exception>
    public string ToJson() => JsonSerializer.Serialize(this, OptionsJson.Default.SharpnessOptions);

    /// <summary>Reads options from JSON. What it leaves out, all but the property <c>method</c>, has its default.</summary>
    /// <param name="json">What <see cref="ToJson"/> writes, or a part of it: <c>{ "method": "slSam", "sparsity": 0.2 }</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="JsonException">The text is no JSON, names no known method, or has a property or value that the method has not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static SharpnessOptions FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return OptionsJson.Read(json);
    }
}
