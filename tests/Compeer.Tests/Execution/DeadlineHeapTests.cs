using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class DeadlineHeapTests
{
    [Fact]
    public void Heap_RandomOperations_AgreesWithASortedTwin()
    {
        var random = new Random(3);
        var heap = new DeadlineHeap();
        var twin = new Dictionary<int, long>();
        var largest = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var entry = random.Next(300);
            if (random.Next(3) < 2)
            {
                long deadline = random.Next(1000);
                heap.Set(entry, deadline);
                twin[entry] = deadline;
            }
            else
            {
                heap.Remove(entry);
                twin.Remove(entry);
            }

            Assert.Equal(twin.Count, heap.Count);
            largest = Math.Max(largest, heap.Count);
            if (twin.Count > 0)
            {
                Assert.Equal(twin.Values.Min(), heap.Earliest);
                Assert.Equal(heap.Earliest, twin[heap.EarliestEntry]);
            }
        }

        Assert.True(largest > 150, "the heap stayed small");
    }

    [Fact]
    public void Heap_EmptiedByItsEarliest_IsSorted()
    {
        var random = new Random(5);
        var heap = new DeadlineHeap();
        long[] deadlines = [.. Enumerable.Range(0, 5000).Select(_ => random.NextInt64())];
        for (var entry = 0; entry < deadlines.Length; entry++)
        {
            heap.Set(entry, deadlines[entry]);
        }

        var taken = new List<long>();
        while (heap.Count > 0)
        {
            taken.Add(heap.Earliest);
            heap.Remove(heap.EarliestEntry);
        }

        Assert.Equal(deadlines.Order(), taken);
    }

    [Fact]
    public void Remove_EntryNeverSet_DoesNothing()
    {
        var heap = new DeadlineHeap();
        heap.Remove(7);
        heap.Set(1, 5);
        heap.Remove(1_000_000);
        Assert.Equal((1, 5L, 1), (heap.Count, heap.Earliest, heap.EarliestEntry));
    }
}
