using SlSam;
using SlSam.Distributed.Tests.Worker;
using static TorchSharp.torch;

// What the tests start as a worker: a scenario by name, and the folder that its findings go to.
set_num_threads(1);
set_num_interop_threads(1);
var findings = new Findings(args[1]);
try
{
    using var group = ProcessGroup.FromEnvironment(
        args[0] == "solitude" ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(2),
        args[0] == "nccl" ? ProcessGroupBackend.Nccl : ProcessGroupBackend.Gloo);
    Scenarios.Run(args[0], group, findings, args[2..]);
}
catch (Exception e)
{
    Console.Error.WriteLine(e);
    return 1;
}

return 0;
