using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster.Replication;

/// <summary>Streams with a database behind them: what is given out to be written, and what is read from where.</summary>
public sealed class StreamJournalTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StreamId Own = new(StreamKind.History, new NodeId(1));
    private static readonly StreamId Other = new(StreamKind.History, new NodeId(2));
    private readonly StreamJournal _journal = new(maxBytes: 2_000, maxUnstored: 10_000);

    /// <summary>What the database has was told: an entry whose line never came into the log must come back from the others.</summary>
    [Fact]
    public void Entry_OfWhomever_IsWrittenOnlyWhenItWasTold()
    {
        _journal.Append(Own, Entry(1), isReceived: false);
        _journal.Append(Other, Entry(1), isReceived: true);
        _journal.Append(Other, Entry(2), isReceived: true);
        Assert.Equal(3, _journal.Arrived);
        Assert.Empty(_journal.TakeUnstored(Now, most: 10)!.Entries);
        Assert.Null(_journal.TakeUnstored(Now, most: 10));

        _journal.Told(2, new LogPosition(7, 100));
        var written = _journal.TakeUnstored(Now, most: 10)!;
        Assert.Equal([(Own, 1L), (Other, 1L)], written.Entries.Select(entry => (entry.Stream, entry.Entry.Number)));
        Assert.Equal([new WriteRange(1, 1)], written.Extents.Single(extent => extent.Stream == Other).Numbers.ToArray());
        Assert.Equal(new LogPosition(7, 100), written.Told);
        _journal.Confirm();
        Assert.Null(_journal.TakeUnstored(Now, most: 10));
        Assert.Equal(1, _journal.Unstored);
    }

    /// <summary>What a node wrote in its last moment, or with what it confirms, may be with nobody else.</summary>
    [Fact]
    public void EndOrConfirmation_OwnEntriesGoWithIt_ThoseOfOthersComeAgain()
    {
        _journal.Append(Own, Entry(1), isReceived: false);
        _journal.Append(Other, Entry(1), isReceived: true);
        var written = _journal.TakeUnstored(Now, most: 10, withOwn: true)!;
        Assert.Equal([(Own, 1L)], written.Entries.Select(entry => (entry.Stream, entry.Entry.Number)));
        _journal.Confirm();

        _journal.Told(1, new LogPosition(7, 100));
        Assert.True(_journal.IsOpen);
        written = _journal.TakeUnstored(Now, most: 10)!;
        Assert.Empty(written.Entries);
        Assert.Equal(100, written.Told?.Offset);
    }

    /// <summary>While it is not said how far the log is, the place that an earlier run left stays.</summary>
    [Fact]
    public void Place_ThatIsNotSaid_IsNotWritten()
    {
        _journal.Append(Other, Entry(1), isReceived: true);
        _journal.Told(1, null);
        var written = _journal.TakeUnstored(Now, most: 10)!;
        Assert.Single(written.Entries);
        Assert.Null(written.Told);
    }

    /// <summary>The place in the log is noted down only with the last of what was told up to there.</summary>
    [Fact]
    public void Place_OfALogThatIsAhead_IsNotedWithTheLastOfItsEntries()
    {
        for (var number = 1; number <= 3; number++)
        {
            _journal.Append(Other, Entry(number), isReceived: true);
        }

        _journal.Told(3, new LogPosition(7, 300));
        Assert.Null(_journal.TakeUnstored(Now, most: 2)!.Told);
        Assert.True(_journal.IsOpen);
        Assert.Equal(300, _journal.TakeUnstored(Now, most: 2)!.Told?.Offset);
    }

    [Fact]
    public void WhatIsNotInMemory_IsFetchedAPieceAtATime()
    {
        _journal.Load(new StoredStreams([new StreamExtent(Other, [new WriteRange(1, 100)], 0)], Now, Told: null));
        Assert.True(_journal.Read(Other, 1, 500).IsPending);
        Assert.True(_journal.Read(Other, 1, 500).IsPending);
        var fetch = _journal.TakeFetch()!.Value;
        Assert.Null(_journal.TakeFetch());
        Assert.Equal((Other, 1L), (fetch.Stream, fetch.From));

        _journal.Take(fetch, [.. Enumerable.Range(1, 20).Select(number => Entry(number))], isEnd: false);
        Assert.Equal([1L, 2, 3, 4], Numbers(_journal.Read(Other, 1, 500)));
        Assert.Equal([19L, 20], Numbers(_journal.Read(Other, 19, 500)));
        Assert.True(_journal.Read(Other, 21, 500).IsPending);
        Assert.Equal(21, _journal.TakeFetch()!.Value.From);
    }

    [Fact]
    public void Memory_LetsGoWhatTheDatabaseHas_AndWithoutOneTheOldest()
    {
        for (var number = 1; number <= 40; number++)
        {
            _journal.Append(Own, Entry(number), isReceived: false);
            Write();
        }

        Assert.True(_journal.Read(Own, 1, 500).IsPending);
        Assert.Equal([39L, 40], Numbers(_journal.Read(Own, 39, 500)));
        Assert.Equal((40, 0, 0), (_journal.Count, _journal.Unstored, _journal.Lost));

        for (var number = 41; number <= 200; number++)
        {
            _journal.Append(Own, Entry(number), isReceived: false);
        }

        Assert.NotEqual(0, _journal.Lost);
        Assert.True(_journal.FloorOf(Own) > 40);
        Assert.Equal(200, _journal.Read(Own, 200, 500).Entries[0].Number);
    }

    [Fact]
    public void AnotherDatabase_GetsWhatIsInMemory_AndTheRestIsNotClaimed()
    {
        _journal.Load(new StoredStreams([new StreamExtent(Own, [new WriteRange(1, 100)], 0)], Now, Told: null));
        _journal.Append(Own, Entry(101), isReceived: false);
        Write();
        _journal.StoreAnew();

        var written = _journal.TakeUnstored(Now, most: 10)!;
        Assert.Equal([101L], written.Entries.Select(entry => entry.Entry.Number));
        Assert.Equal([new WriteRange(101, 101)], written.Extents.Single().Numbers.ToArray());
        Assert.Equal(100, _journal.FloorOf(Own));
    }

    private void Write()
    {
        _journal.Told(_journal.Arrived, null);
        _journal.TakeUnstored(Now, most: 10);
        _journal.Confirm();
    }

    private static long[] Numbers(StreamRead read) => [.. read.Entries.Select(entry => entry.Number)];

    private static StreamEntry Entry(long number) => new(number, new byte[100]);
}
