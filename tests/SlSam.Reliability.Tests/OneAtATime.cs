// The default generator of random numbers and the count of tensors are one for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
