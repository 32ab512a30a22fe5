using SlSam.Benchmarks.CommandLine;
using SlSam.Benchmarks.Memory;

if (args is [MemoryChild.Command, var method, var shape])
{
    MemoryChild.Run(method, shape);
    return 0;
}

return BenchmarkCommand.Create(Benchmark.Run).Parse(args).Invoke();
