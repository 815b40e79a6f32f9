using Compeer.Engine.Scheduling;

namespace Compeer.Tests.Engine.Scheduling;

public sealed class CheckQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Queue_RandomOperations_IsLikeASortedSet(int seed)
    {
        const int Ids = 60;
        var random = new Random(seed);
        var queue = new CheckQueue(Ids);
        var twin = new SortedSet<(TimeSpan Due, int Id)>();
        var due = new Dictionary<int, TimeSpan>();
        var ties = 0;
        for (var step = 0; step < 20_000; step++)
        {
            var id = random.Next(Ids);
            if (random.Next(3) == 0)
            {
                queue.Remove(id);
                if (due.Remove(id, out var old))
                {
                    twin.Remove((old, id));
                }
            }
            else
            {
                // Few distinct times, so that ties happen.
                var time = TimeSpan.FromSeconds(random.Next(30));
                ties += due.ContainsValue(time) ? 1 : 0;
                queue.Set(id, time);
                if (due.TryGetValue(id, out var old))
                {
                    twin.Remove((old, id));
                }

                due[id] = time;
                twin.Add((time, id));
            }

            Assert.Equal(twin.Count, queue.Count);
            var isAny = queue.TryPeek(out var first, out var firstDue);
            Assert.Equal(twin.Count > 0, isAny);
            if (isAny)
            {
                Assert.Equal(twin.Min, (firstDue, first));
            }

            Assert.Equal(due.ContainsKey(id), queue.Contains(id));
        }

        Assert.True(ties > 1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(500)]
    public void Queue_CollectedAndOrdered_ComesOutInOrder(int ids)
    {
        var random = new Random(ids);
        var queue = new CheckQueue(ids + 1);
        queue.Set(ids, TimeSpan.FromSeconds(15));
        var expected = new SortedSet<(TimeSpan Due, int Id)> { (TimeSpan.FromSeconds(15), ids) };
        queue.Collect();
        for (var id = 0; id < ids; id++)
        {
            var due = TimeSpan.FromSeconds(random.Next(30));
            queue.Set(id, due);
            expected.Add((due, id));
        }

        queue.Order();
        Assert.Equal(expected.Count, queue.Waiting.Length);
        foreach ((var due, var id) in expected)
        {
            Assert.True(queue.TryPeek(out var first, out var firstDue));
            Assert.Equal((due, id), (firstDue, first));
            queue.Remove(first);
        }
    }

    [Fact]
    public void Queue_Drained_ComesOutInOrder()
    {
        const int Ids = 5000;
        var random = new Random(7);
        var queue = new CheckQueue(Ids);
        for (var id = 0; id < Ids; id++)
        {
            queue.Set(id, TimeSpan.FromTicks(random.NextInt64(1_000_000)));
        }

        var drained = new List<(TimeSpan Due, int Id)>();
        while (queue.TryPeek(out var id, out var due))
        {
            drained.Add((due, id));
            queue.Remove(id);
        }

        Assert.Equal(Ids, drained.Count);
        Assert.Equal(drained.Order(), drained);
    }
}
