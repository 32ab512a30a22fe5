namespace SlSam.Distributed.Tests;

/// <summary>What a worker reads of its environment.</summary>
public sealed class WorkerEnvironmentTests
{
    private static readonly Dictionary<string, string> s_complete = new()
    {
        ["RANK"] = "2",
        ["WORLD_SIZE"] = "4",
        ["LOCAL_RANK"] = "1",
        ["LOCAL_WORLD_SIZE"] = "3",
        ["MASTER_ADDR"] = "node0",
        ["MASTER_PORT"] = "29500",
    };

    [Fact]
    public void It_is_what_torchrun_sets()
    {
        Assert.Equal(new WorkerEnvironment(2, 4, 1, 3, "node0", 29500, ""), Read());
        Assert.Equal(2, Read(("LOCAL_RANK", null)).LocalRank);
        Assert.Equal(4, Read(("LOCAL_WORLD_SIZE", null)).LocalWorldSize);
        Assert.Equal("/worker/attempt_3", Read(("TORCHELASTIC_USE_AGENT_STORE", "True"), ("TORCHELASTIC_RESTART_COUNT", "3")).StorePrefix);
        Assert.Equal("", Read(("TORCHELASTIC_USE_AGENT_STORE", "False"), ("TORCHELASTIC_RESTART_COUNT", "3")).StorePrefix);
    }

    [Theory]
    [InlineData("RANK", null, "RANK is not set. Start the program as one of several workers")]
    [InlineData("RANK", "4", "RANK is '4', but must be a whole number from 0 to 3")]
    [InlineData("RANK", "-1", "RANK is '-1'")]
    [InlineData("WORLD_SIZE", "0", "WORLD_SIZE is '0', but must be a whole number of at least 1")]
    [InlineData("WORLD_SIZE", "four", "WORLD_SIZE is 'four'")]
    [InlineData("LOCAL_RANK", "x", "LOCAL_RANK is 'x'")]
    [InlineData("LOCAL_WORLD_SIZE", "0", "LOCAL_WORLD_SIZE is '0', but must be a whole number of at least 1")]
    [InlineData("MASTER_ADDR", null, "MASTER_ADDR is not set")]
    [InlineData("MASTER_ADDR", "", "MASTER_ADDR is not set")]
    [InlineData("MASTER_PORT", "70000", "MASTER_PORT is '70000', but must be a whole number from 1 to 65535")]
    public void What_is_missing_or_wrong_is_named(string name, string? value, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => Read((name, value))).Message);

    private static WorkerEnvironment Read(params (string Name, string? Value)[] changes)
    {
        var variables = new Dictionary<string, string?>(s_complete!);
        foreach (var (name, value) in changes)
        {
            variables[name] = value;
        }

        return WorkerEnvironment.Read(variables.GetValueOrDefault);
    }
}
