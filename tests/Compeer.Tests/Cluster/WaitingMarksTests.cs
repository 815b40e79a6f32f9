using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster;

public sealed class WaitingMarksTests
{
    private readonly WaitingMarks _marks = new();

    [Fact]
    public void Reached_BothQueuesTaken_IsTheNumberGiven()
    {
        _marks.Keyed.Marked = 2;
        _marks.States.Marked = 3;
        _marks.Await();

        _marks.Keyed.Taken = 2;
        _marks.States.Taken = 2;
        Assert.Equal(0, _marks.Reached());
        _marks.States.Taken = 3;
        Assert.Equal(_marks.Last, _marks.Reached());
    }

    [Fact]
    public void Await_NothingNew_IsTheSameNumber()
    {
        _marks.States.Marked = 1;
        _marks.Await();
        var first = _marks.Last;

        _marks.Await();

        Assert.Equal(first, _marks.Last);
    }

    /// <summary>Results come faster than the database is done with them, for ever: who came first is answered all the same.</summary>
    [Fact]
    public void Reached_MoreWaitThanAreKeptApart_StillRises()
    {
        const int Behind = 3 * WaitingMarks.Most;
        for (var number = 1; number <= 10 * WaitingMarks.Most; number++)
        {
            _marks.States.Marked = number;
            _marks.Await();
            _marks.States.Taken = Math.Max(0, number - Behind);
            Assert.InRange(_marks.Reached(), Math.Max(0, number - (2 * Behind)), Math.Max(0, number - Behind));
        }

        _marks.States.Taken = _marks.States.Marked;
        Assert.Equal(_marks.Last, _marks.Reached());
    }

    [Fact]
    public void Reached_TheOnesThatShareANumber_IsNotBeforeTheLastOfThem()
    {
        for (var number = 1; number <= WaitingMarks.Most + 10; number++)
        {
            _marks.States.Marked = number;
            _marks.Await();
        }

        _marks.States.Taken = WaitingMarks.Most + 9;
        Assert.Equal(WaitingMarks.Most, _marks.Reached());
        _marks.States.Taken = WaitingMarks.Most + 10;
        Assert.Equal(WaitingMarks.Most + 10, _marks.Reached());
    }
}
