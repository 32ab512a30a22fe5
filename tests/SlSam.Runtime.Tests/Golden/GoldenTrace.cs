using System.Text.Json;

namespace SlSam.Runtime.Tests.Golden;

/// <summary>A run of the papers' released code, recorded in float64: inputs, draws, and what came out of each step.</summary>
public sealed record GoldenTrace
{
    public required string Algorithm { get; init; }

    public required string Base { get; init; }

    public required string[] Activations { get; init; }

    public required double Rho { get; init; }

    public required double S { get; init; }

    public required double Lr { get; init; }

    public required double WeightDecay { get; init; }

    public required double? Momentum { get; init; }

    public required double[] InitialDraws { get; init; }

    public required LinearWeights[] InitialParameters { get; init; }

    public required double[][][] Inputs { get; init; }

    public required long[][] Targets { get; init; }

    public required RecordedStep[] Steps { get; init; }

    public required LinearWeights[] FinalParameters { get; init; }

    public static GoldenTrace Load(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json"));
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        return JsonSerializer.Deserialize<GoldenTrace>(file, options)!;
    }
}

public sealed record LinearWeights
{
    public required double[][] Weight { get; init; }

    public required double[] Bias { get; init; }
}

public sealed record RecordedStep
{
    public required double Loss { get; init; }

    public int[]? Active { get; init; }

    public double[]? GradNorms { get; init; }

    public double[]? ProbAfter { get; init; }

    public required double[] Draws { get; init; }
}
