// Whole clusters are timed here: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
