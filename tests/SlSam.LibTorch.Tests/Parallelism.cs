// Tests seed libtorch's default generator and set its thread count, of which there is one a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
