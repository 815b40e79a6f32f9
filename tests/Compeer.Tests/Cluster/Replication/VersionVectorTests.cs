using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Replication;

public sealed class VersionVectorTests
{
    private static readonly Run One = new(new NodeId(1), 1);

    [Fact]
    public void AddAndRaise_InAnyOrder_AgreeWithTheSetOfAllNumbers()
    {
        var ahead = 0;
        var known = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var vector = new VersionVector();
            var twin = new HashSet<long>();
            for (var step = 0; step < 60; step++)
            {
                if (random.Next(12) == 0)
                {
                    var to = random.NextInt64(1, 30);
                    vector.Raise(new RunSequence(One, to));
                    twin.UnionWith(Enumerable.Range(1, (int)to).Select(number => (long)number));
                }
                else
                {
                    var sequence = random.NextInt64(1, 40);
                    ahead += sequence > vector[One] + 1 ? 1 : 0;
                    known += twin.Contains(sequence) ? 1 : 0;
                    Assert.Equal(twin.Add(sequence), vector.Add(One, sequence));
                }

                var contiguous = 0L;
                while (twin.Contains(contiguous + 1))
                {
                    contiguous++;
                }

                Assert.Equal(contiguous, vector[One]);
            }
        }

        Assert.InRange(ahead, 3_000, int.MaxValue);
        Assert.InRange(known, 1_000, int.MaxValue);
    }

    [Fact]
    public void Add_MoreGapsThanAreKept_ForgetsButNeverClaimsTooMuch()
    {
        var vector = new VersionVector();
        for (var sequence = 2L; sequence <= 200; sequence += 2)
        {
            vector.Add(One, sequence);
        }

        for (var sequence = 1L; sequence <= 99; sequence += 2)
        {
            vector.Add(One, sequence);
        }

        Assert.InRange(vector[One], 64, 100);
        Assert.Equal(0, vector[new Run(new NodeId(1), 2)]);
    }

    [Fact]
    public void Add_MoreRunsThanAreKept_ForgetsTheOldest()
    {
        var vector = new VersionVector();
        for (var run = 1; run <= ProtocolLimits.MaxRuns + 10; run++)
        {
            vector.Add(new Run(new NodeId(1), run), 1);
        }

        Assert.Equal(ProtocolLimits.MaxRuns, vector.Entries().Count);
        Assert.False(vector.Covers(new RunSequence(new Run(new NodeId(1), 10), 1)));
        Assert.True(vector.Covers(new RunSequence(new Run(new NodeId(1), 11), 1)));
    }

    [Fact]
    public void LowerToSkipped_AheadOfAGapToo_ForgetsAllFromThereOn()
    {
        var vector = new VersionVector();
        foreach (var sequence in (long[])[1, 2, 3, 4, 5, 7, 8, 10])
        {
            vector.Add(One, sequence);
        }

        Assert.False(vector.LowerToSkipped());
        vector.Skip(new RunSequence(One, 8));
        vector.Skip(new RunSequence(One, 4));
        vector.Skip(new RunSequence(One, 5));
        Assert.Equal([new RunSequence(One, 4)], vector.Skipped());

        Assert.True(vector.LowerToSkipped());

        Assert.Equal(3, vector[One]);
        Assert.Empty(vector.Skipped());
        Assert.True(vector.Add(One, 8));
        vector.Raise(new RunSequence(One, 7));
        Assert.Equal(8, vector[One]);
    }
}
