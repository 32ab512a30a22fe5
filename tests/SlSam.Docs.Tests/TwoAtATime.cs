// Programs that compute take a core each.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
