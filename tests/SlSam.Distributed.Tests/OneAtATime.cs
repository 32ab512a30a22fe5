// The default generator of random numbers and the number of threads are one for the whole process.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
