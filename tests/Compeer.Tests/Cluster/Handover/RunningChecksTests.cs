using Compeer.Cluster.Handover;

namespace Compeer.Tests.Cluster.Handover;

public sealed class RunningChecksTests
{
    private readonly RunningChecks _running = new();
    private readonly Dictionary<ulong, TimeSpan> _expected = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Hashes_AfterAnySequence_AreThoseInFlightAscending(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 2000; step++)
        {
            Step(random, TimeSpan.FromSeconds(step));
            if (random.Next(3) > 0)
            {
                Assert.Equal(_expected.Keys.Order(), _running.Hashes);
            }

            var first = _expected.Count == 0 ? TimeSpan.MaxValue : _expected.Values.Min();
            Assert.True(_running.NextWake <= first, $"it wakes at {_running.NextWake}, and one ends at {first}");
            Assert.Equal(_expected.Count == 0, _running.NextWake == TimeSpan.MaxValue);
        }
    }

    [Fact]
    public void NextWake_AfterAdvance_IsLaterThanTheTime()
    {
        _running.Add(1, TimeSpan.FromSeconds(5));
        _running.Add(2, TimeSpan.FromSeconds(9));
        _running.Remove(1);

        _running.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(9), _running.NextWake);
        Assert.Equal(2UL, Assert.Single(_running.Hashes));
    }

    private void Step(Random random, TimeSpan now)
    {
        var hash = (ulong)random.Next(40);
        switch (random.Next(20))
        {
            case 0:
                _running.Clear();
                _expected.Clear();
                break;
            case 1:
                _running.Keep(one => one % 3 > 0);
                Drop((one, _) => one % 3 == 0);
                break;
            case < 5:
                _running.Advance(now);
                Drop((_, end) => end <= now);
                break;
            case < 13:
                var ends = now + TimeSpan.FromSeconds(random.Next(1, 60));
                _running.Add(hash, ends);
                _expected[hash] = ends;
                break;
            default:
                Assert.Equal(_expected.Remove(hash), _running.Remove(hash));
                break;
        }
    }

    private void Drop(Func<ulong, TimeSpan, bool> isGone)
    {
        foreach (var (hash, _) in _expected.Where(one => isGone(one.Key, one.Value)).ToArray())
        {
            _expected.Remove(hash);
        }
    }
}
