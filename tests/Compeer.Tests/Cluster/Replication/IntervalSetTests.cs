using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster.Replication;

public sealed class IntervalSetTests
{
    [Fact]
    public void AddAndRemove_AtRandom_IsWhatASetOfNumbersIs()
    {
        var random = new Random(4);
        var most = 0;
        for (var round = 0; round < 400; round++)
        {
            var set = new IntervalSet();
            var twin = new SortedSet<long>();
            for (var step = 0; step < 60; step++)
            {
                var from = random.Next(1, 60);
                var range = new WriteRange(from, from + random.Next(6));
                var numbers = Enumerable.Range(from, (int)(range.To - range.From) + 1).Select(number => (long)number).ToArray();
                switch (random.Next(4))
                {
                    case 0:
                        set.Remove(range);
                        twin.ExceptWith(numbers);
                        break;
                    case 1:
                        Assert.Equal(!twin.IsSupersetOf(numbers), set.Add(range));
                        twin.UnionWith(numbers);
                        break;
                    default:
                        Assert.Equal(twin.Add(from), set.Add(from));
                        break;
                }

                Assert.Equal(twin.IsSupersetOf(numbers), set.Covers(range));
                Assert.Equal(twin.Contains(from), set.Contains(from));
                Assert.Equal(twin.Count == 0 ? 0 : twin.Max, set.Top);
                most = Math.Max(most, set.Ranges.Count);
            }

            Assert.Equal(twin, set.Ranges.SelectMany(range =>
                Enumerable.Range((int)range.From, (int)(range.To - range.From) + 1).Select(number => (long)number)));
            Assert.All(set.Ranges.Zip(set.Ranges.Skip(1)), pair => Assert.True(pair.First.To + 1 < pair.Second.From));
        }

        Assert.InRange(most, 6, IntervalSet.MaxRanges);
    }

    [Fact]
    public void Add_MoreRangesThanAreKept_ClosesTheLowestGap()
    {
        var set = new IntervalSet();
        for (var i = 1; i <= IntervalSet.MaxRanges + 1; i++)
        {
            set.Add(10L * i);
        }

        Assert.Equal(new WriteRange(10, 20), set.Ranges[0]);
        Assert.Equal(IntervalSet.MaxRanges, set.Ranges.Count);
        Assert.Equal(10L * (IntervalSet.MaxRanges + 1), set.Top);
    }
}
