namespace SlSam.Runtime.Tests.Soak;

/// <summary>A short run of what <c>./build.sh soak</c> does at length.</summary>
public sealed class SoakTests
{
    [Fact]
    public void Faults_at_random_leave_no_trace()
    {
        var run = new SoakRun(seed: 1);
        run.Run(steps: 1200);
        Assert.All(run.Counts, pair => Assert.True(pair.Count > 0, $"{pair.Fault} did not happen."));
    }
}
