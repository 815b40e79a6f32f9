using Compeer.Cluster.Model;
using Compeer.Storage.Model;
using Compeer.Storage.Sqlite;
using Compeer.Tests.Daemon;
using Microsoft.Data.Sqlite;

namespace Compeer.Tests.Storage.Sqlite;

/// <summary>Streams in the database: what was written is there again, bounded; a database of the version before gets the
/// tables.</summary>
public sealed class StreamRowsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StreamId One = new(StreamKind.History, new NodeId(1));
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("retention.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_WrittenAndReadAgain_AreThere()
    {
        using (var database = SqliteDatabase.Open(Path))
        {
            Assert.Empty(database.Write(Of(Now, 1, 30, new LogPosition(7, 900))));
            Assert.Empty(database.Write(Of(Now, 31, 40, told: null)));
        }

        using var again = SqliteDatabase.Open(Path);
        var streams = again.Read().Streams!;
        Assert.Equal([new WriteRange(1, 40)], Assert.Single(streams.Extents).Numbers.ToArray());
        Assert.Equal((Now, new LogPosition(7, 900)), (streams.Since, streams.Told!.Value));
        var (entries, isEnd) = again.Read(new StreamFetch(One, 5, 400, 0));
        Assert.Equal([5L, 6, 7], entries.Select(entry => entry.Number));
        Assert.Equal((100, false), (entries[0].Payload.Length, isEnd));
        Assert.True(again.Read(new StreamFetch(One, 39, 40_000, 0)).IsEnd);
    }

    [Fact]
    public void Entries_TooMany_LetGoTheOldestAndSayHowFar()
    {
        using var database = SqliteDatabase.Open(Path, new StreamLimits { Entries = 32 });
        database.Write(Of(Now, 1, 32, told: null));
        var (stream, floor) = Assert.Single(database.Write(Of(Now, 33, 40, told: null)));

        Assert.Equal((One, 2), (stream, floor));
        var extent = Assert.Single(database.Read().Streams!.Extents);
        Assert.Equal([new WriteRange(3, 40)], extent.Numbers.ToArray());
        Assert.Equal(2, extent.Floor);
        Assert.Equal(3, database.Read(new StreamFetch(One, 1, 100, 0)).Entries[0].Number);
    }

    [Fact]
    public void Entries_TooOld_Go()
    {
        using var database = SqliteDatabase.Open(Path);
        database.Write(Of(Now, 1, 10, told: null));
        var (_, floor) = Assert.Single(database.Write(Of(Now + TimeSpan.FromDays(32), 11, 12, told: null)));

        Assert.Equal(10, floor);
        Assert.Equal(11, database.Read(new StreamFetch(One, 1, 100, 0)).Entries[0].Number);
    }

    [Fact]
    public void Database_OfTheVersionBefore_GetsTheTables()
    {
        using (SqliteDatabase.Open(Path))
        {
        }

        using (var connection = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE stream; DROP TABLE entry; DROP TABLE told; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        Assert.Equal("0 states, 0 other values and 0 entries of the history", DatabaseMaintenance.Describe(Path));
        using var database = SqliteDatabase.Open(Path);
        Assert.Null(database.Read().Streams);
        database.Write(Of(Now, 1, 2, told: null));
        Assert.NotNull(database.Read().Streams);
    }

    private static UnstoredValues Of(DateTimeOffset at, int from, int to, LogPosition? told) => new(1, [], [], [])
    {
        Streams = new UnstoredStreams(
            at,
            [],
            [.. Enumerable.Range(from, to - from + 1).Select(number => (One, new StreamEntry(number, new byte[100])))],
            [new StreamExtent(One, [new WriteRange(1, to)], 0)],
            Now,
            told),
    };
}
