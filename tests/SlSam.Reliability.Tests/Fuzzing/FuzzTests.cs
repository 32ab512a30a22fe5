namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>The beginning of what <c>./build.sh fuzz</c> runs through.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 20_000;

    public static TheoryData<string> Readers => new(FuzzTargets.Names);

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_malformed_input_is_refused_as_documented_or_read_and_takes_no_more_memory_than_it_may(string name)
    {
        using var target = FuzzTargets.Create(name);
        var run = new FuzzRun(target, seed: 1);

        run.Run(Inputs * target.Share / 100);

        // Inputs that are all refused at their first byte, or all read, would test little.
        Assert.InRange(run.Accepted, 1, run.Inputs * 9 / 10);
    }
}
