using System.Globalization;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>What workers do, by name.</summary>
internal static class Scenarios
{
    public static void Run(string name, ProcessGroup group, Findings findings, string[] arguments)
    {
        switch (name)
        {
            case "session":
                Collectives.Run(group, findings);
                foreach (var (trial, run) in Trials.All)
                {
                    findings.Add(trial, run.Train(group));
                }

                BadDays.Run(group, findings);
                break;
            case "one":
                findings.Add(arguments[0], Trials.All.Single(trial => trial.Key == arguments[0]).Value.Train(group));
                break;
            case "death":
                Death.Run(group, findings, arguments[0], resumeFrom: 0, mayDie: true);
                break;
            case "life":
                Death.Run(group, findings, arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), mayDie: false);
                break;
            case "silence":
                Silence.Run(group, findings);
                break;
            default:
                throw new ArgumentException($"There is no scenario '{name}'.", nameof(name));
        }
    }
}
