// Runs start from libtorch's one random generator, which tests beside each other would share.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
