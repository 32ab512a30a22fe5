using System.Globalization;

namespace SlSam;

/// <summary>The environment variables by which torchrun, and programs like it, tell a process its place among the others.</summary>
/// <param name="Rank">RANK: the number of this process among all, from 0.</param>
/// <param name="WorldSize">WORLD_SIZE: how many there are.</param>
/// <param name="LocalRank">LOCAL_RANK: its number among those of this machine; the rank where it is not set.</param>
/// <param name="LocalWorldSize">LOCAL_WORLD_SIZE: how many there are on this machine; all of them where it is not set.</param>
/// <param name="MasterAddress">MASTER_ADDR: the machine of rank 0.</param>
/// <param name="MasterPort">MASTER_PORT: the port on which the processes meet there.</param>
/// <param name="StorePrefix">
/// Where the program that started the processes serves their meeting point itself, as torchrun may, what its keys begin with; empty where rank 0 does.
/// </param>
internal sealed record WorkerEnvironment(int Rank, int WorldSize, int LocalRank, int LocalWorldSize, string MasterAddress, int MasterPort, string StorePrefix)
{
    public const string RankVariable = "RANK";
    public const string WorldSizeVariable = "WORLD_SIZE";
    public const string LocalRankVariable = "LOCAL_RANK";
    public const string LocalWorldSizeVariable = "LOCAL_WORLD_SIZE";
    public const string MasterAddressVariable = "MASTER_ADDR";
    public const string MasterPortVariable = "MASTER_PORT";

    /// <summary>Reads the variables.</summary>
    /// <param name="read">The value of a variable; null where it is not set.</param>
    /// <exception cref="InvalidOperationException">One is missing or has no valid value.</exception>
    public static WorkerEnvironment Read(Func<string, string?> read)
    {
        var size = Number(read, WorldSizeVariable, 1, int.MaxValue);
        var rank = Number(read, RankVariable, 0, size - 1);
        var localRank = read(LocalRankVariable) is null ? rank : Number(read, LocalRankVariable, 0, int.MaxValue);
        var localSize = read(LocalWorldSizeVariable) is null ? size : Number(read, LocalWorldSizeVariable, 1, int.MaxValue);
        var address = read(MasterAddressVariable) is { Length: > 0 } value ? value : throw Missing(MasterAddressVariable);
        var served = string.Equals(read("TORCHELASTIC_USE_AGENT_STORE"), "True", StringComparison.OrdinalIgnoreCase);
        return new WorkerEnvironment(
            rank, size, localRank, localSize, address, Number(read, MasterPortVariable, 1, ushort.MaxValue),
            served ? $"/worker/attempt_{read("TORCHELASTIC_RESTART_COUNT") ?? "0"}" : "");
    }

    private static int Number(Func<string, string?> read, string name, int smallest, int largest)
    {
        var text = read(name) ?? throw Missing(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= smallest && number <= largest
            ? number
            : throw new InvalidOperationException(
                $"The environment variable {name} is '{text}', but must be a whole number {(largest == int.MaxValue ? $"of at least {smallest}" : $"from {smallest} to {largest}")}.");
    }

    private static InvalidOperationException Missing(string name) => new(
        $"The environment variable {name} is not set. Start the program as one of several workers, by torchrun or another program that sets {RankVariable}, "
        + $"{WorldSizeVariable}, {MasterAddressVariable} and {MasterPortVariable} for each.");
}
