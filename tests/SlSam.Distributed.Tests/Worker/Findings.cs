using System.Globalization;
using System.Text.Json;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>What a worker has found, one file for each name: numbers to the last bit, and texts.</summary>
public sealed class Findings(string folder)
{
    private static readonly string s_rank = Environment.GetEnvironmentVariable("RANK") ?? "0";

    public void Add(string name, Finding finding) => File.WriteAllText(PathOf(name, s_rank), JsonSerializer.Serialize(finding));

    /// <summary>What a rank has found under a name.</summary>
    public Finding Read(string name, int rank)
    {
        var path = PathOf(name, rank.ToString(CultureInfo.InvariantCulture));
        return File.Exists(path) ? JsonSerializer.Deserialize<Finding>(File.ReadAllText(path))! : throw new InvalidOperationException($"Rank {rank} did not come to '{name}'.");
    }

    private string PathOf(string name, string rank) => Path.Combine(folder, $"{name}.{rank}.json");
}

/// <summary>Numbers and texts by name.</summary>
public sealed class Finding
{
    /// <summary>The bits of numbers.</summary>
    public Dictionary<string, byte[]> Numbers { get; init; } = [];

    public Dictionary<string, string> Texts { get; init; } = [];

    public double[] this[string name]
    {
        get
        {
            var numbers = new double[Numbers[name].Length / sizeof(double)];
            Buffer.BlockCopy(Numbers[name], 0, numbers, 0, Numbers[name].Length);
            return numbers;
        }

        set
        {
            var bytes = new byte[value.Length * sizeof(double)];
            Buffer.BlockCopy(value, 0, bytes, 0, bytes.Length);
            Numbers[name] = bytes;
        }
    }
}
