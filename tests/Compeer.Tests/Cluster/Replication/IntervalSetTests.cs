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
    public void Add_MoreRangesThanAreKept_NeverClaimsANumberThatWasNotAdded()
    {
        var random = new Random(9);
        var set = new IntervalSet();
        var added = new HashSet<long>();
        Assert.False(set.IsPartial);
        for (var i = 1; i <= 4 * IntervalSet.MaxRanges; i++)
        {
            var from = 20L * i;
            var range = new WriteRange(from, from + random.Next(4));
            set.Add(range);
            added.UnionWith(Enumerable.Range((int)range.From, (int)(range.To - range.From) + 1).Select(number => (long)number));

            Assert.InRange(set.Ranges.Count, 1, IntervalSet.MaxRanges);
            Assert.Equal(range.To, set.Top);
        }

        Assert.All(set.Ranges, range => Assert.All(
            Enumerable.Range((int)range.From, (int)(range.To - range.From) + 1), number => Assert.Contains(number, added)));
        Assert.True(set.IsPartial);
        Assert.Equal(IntervalSet.MaxRanges, set.Ranges.Count);
    }

    [Fact]
    public void FirstBeyond_AtRandom_IsTheFirstNumberThatTheOtherLacks()
    {
        var random = new Random(5);
        var found = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var (one, other) = (Random(random), Random(random));
            var above = random.Next(0, 30);
            var expected = Numbers(one).Where(number => number > above && !other.Contains(number)).DefaultIfEmpty(0).Min();

            var first = one.FirstBeyond(other, above);

            Assert.Equal(expected, first?.From ?? 0);
            if (first is { } range)
            {
                found++;
                Assert.All(Numbers(range), number => Assert.True(one.Contains(number) && !other.Contains(number)));
                Assert.False(one.Contains(range.To + 1) && !other.Contains(range.To + 1));
            }
        }

        Assert.InRange(found, 500, 1_999);
    }

    private static IntervalSet Random(Random random)
    {
        var set = new IntervalSet();
        for (var i = random.Next(8); i > 0; i--)
        {
            var from = random.Next(1, 40);
            set.Add(new WriteRange(from, from + random.Next(6)));
        }

        return set;
    }

    private static IEnumerable<long> Numbers(IntervalSet set) => set.Ranges.SelectMany(Numbers);

    private static IEnumerable<long> Numbers(WriteRange range) =>
        Enumerable.Range((int)range.From, (int)(range.To - range.From) + 1).Select(number => (long)number);
}
