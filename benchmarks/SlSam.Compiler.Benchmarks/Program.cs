using System.CommandLine;
using SlSam.Compiler.Benchmarks.Analyzing;
using SlSam.Compiler.Benchmarks.Generating;

var iterations = new Option<int>("--iterations") { Description = "Measured runs of each case.", DefaultValueFactory = _ => 20 };
var models = new Option<int>("--models") { Description = "How many models there are beside the case of one, 2 or more; the bars are for 1,000.", DefaultValueFactory = _ => 1000 };
var warmUp = new Option<int>("--warm-up") { Description = "Runs of the generator before each case.", DefaultValueFactory = _ => 3000 };
var rounds = new Option<int>("--rounds") { Description = "Builds of each project, with and without the analyzers.", DefaultValueFactory = _ => 7 };
var only = new Option<string>("--only") { Description = "Measure only this part: generator or analyzers." };
only.AcceptOnlyFromAmong("generator", "analyzers");

var project = new Option<string?>("--project") { Description = "The project to measure the analyzers on. [default: all of the solution]" };

var command = new RootCommand("Measures what SlSam costs a build and a keystroke, and compares it with the bars.") { iterations, models, warmUp, rounds, project, only };
command.SetAction(parsed =>
{
    var part = parsed.GetValue(only);
    if (part != "analyzers")
        GeneratorCost.Measure(new() { Iterations = parsed.GetValue(iterations), Models = parsed.GetValue(models), WarmUp = parsed.GetValue(warmUp) });
    return part == "generator" || AnalyzerCost.Measure(parsed.GetValue(rounds), parsed.GetValue(project)) ? 0 : 1;
});
return command.Parse(args).Invoke();
