// Most tests wait most of their time: some classes run at the same time, and those in the collection of Alone behind them.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
