using System.CommandLine;
using SlSam.Soak;

var steps = new Option<int>("--steps") { Description = "How many good steps are trained.", DefaultValueFactory = _ => 10_000 };
var seed = new Option<int>("--seed") { Description = "Says what models, methods, batches and faults there are.", DefaultValueFactory = _ => 1 };
var command = new RootCommand(
    "Trains models that are put together at random while everything goes wrong that can, and compares their states, to the bit, with those before each fault "
    + "and with those of runs without faults. Ends with 1 where a bit differs, or memory grows.")
{
    steps,
    seed,
};
command.SetAction(arguments => SoakReport.Run(arguments.GetValue(steps), arguments.GetValue(seed), Console.Out) ? 0 : 1);
return command.Parse(args).Invoke();
