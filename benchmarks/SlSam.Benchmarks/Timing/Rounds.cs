namespace SlSam.Benchmarks.Timing;

/// <summary>Runs contestants in turn, one step each a round, so that a drift of the machine's speed meets all of them.</summary>
internal static class Rounds
{
    /// <summary>Runs the rounds after some to warm up; each round begins with another contestant.</summary>
    /// <returns>For each contestant its seconds by round; NaN where it did not take part.</returns>
    public static double[][] Run(int rounds, params Contestant[] contestants)
    {
        var seconds = Array.ConvertAll(contestants, _ => Enumerable.Repeat(double.NaN, rounds).ToArray());
        for (var round = -Contestant.WarmUp; round < rounds; round++)
        {
            for (var turn = 0; turn < contestants.Length; turn++)
            {
                var index = (turn + round + Contestant.WarmUp) % contestants.Length;
                var contestant = contestants[index];
                if (round < 0)
                    contestant.Step(round);
                else if (round % contestant.Every == 0)
                    seconds[index][round] = contestant.Step(round);
            }
        }

        return seconds;
    }
}
