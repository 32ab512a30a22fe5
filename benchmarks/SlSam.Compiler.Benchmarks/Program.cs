using System.CommandLine;
using SlSam.Compiler.Benchmarks.Analyzing;
using SlSam.Compiler.Benchmarks.Generating;

var iterations = new Option<int>("--iterations") { Description = "Measured runs of each case.", DefaultValueFactory = _ => 20 };
var rounds = new Option<int>("--rounds") { Description = "Builds of each project, with and without the analyzers.", DefaultValueFactory = _ => 7 };
var only = new Option<string>("--only") { Description = "Measure only this part: generator or analyzers." };
only.AcceptOnlyFromAmong("generator", "analyzers");

var command = new RootCommand("Measures what SlSam costs a build and a keystroke, and compares it with the bars.") { iterations, rounds, only };
command.SetAction(parsed =>
{
    var part = parsed.GetValue(only);
    if (part != "analyzers")
        GeneratorCost.Measure(parsed.GetValue(iterations));
    if (part != "generator")
        AnalyzerCost.Measure(parsed.GetValue(rounds));
});
return command.Parse(args).Invoke();
