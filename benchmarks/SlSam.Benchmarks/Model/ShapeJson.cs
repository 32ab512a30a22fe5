using System.Text.Json.Serialization;

namespace SlSam.Benchmarks.Model;

/// <summary>How a shape is handed to other processes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EncoderShape))]
internal sealed partial class ShapeJson : JsonSerializerContext;
