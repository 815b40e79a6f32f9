using Compeer.Cluster.Model;
using Compeer.Storage.Sqlite;
using Compeer.Tests.Daemon;

namespace Compeer.Tests.Storage.Sqlite;

/// <summary>A log that SQLite would read in part, without a word.</summary>
public sealed class WriteAheadLogTests : IDisposable
{
    private const int Frame = 24 + 4096;

    private static readonly DateTimeOffset At = new(2026, 11, 26, 20, 15, 1, TimeSpan.FromHours(1));

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("retention.db");

    /// <summary>As after SIGKILL, with and without the index that the programs share; and as after the loss of power in a write.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 700)]
    public void Unsaid_WholeLog_IsNothing(bool hasIndex, int torn)
    {
        Leave(hasIndex);
        using (var file = File.OpenWrite(Path + "-wal"))
        {
            file.SetLength(file.Length - torn);
        }

        // The end of the last commit is torn then: nobody was told that it is there.
        Assert.Null(SqliteDatabase.Unsaid(Path, At));
    }

    [Theory]
    [InlineData("cut", true)]
    [InlineData("middle", true)]
    [InlineData("middle", false)]
    [InlineData("header", true)]
    [InlineData("header", false)]
    public void Unsaid_DamagedLog_SaysWhatIsLostAndKeepsIt(string how, bool hasIndex)
    {
        Leave(hasIndex);
        using (var file = File.OpenWrite(Path + "-wal"))
        {
            file.Position = how == "header" ? 0 : 32 + (file.Length / Frame / 2 * Frame) + 100;
            file.Write(new byte[32].Select(_ => (byte)0xA5).ToArray());
            file.SetLength(how == "cut" ? file.Length / 2 : file.Length);
        }

        var damaged = File.ReadAllBytes(Path + "-wal");

        var said = SqliteDatabase.Unsaid(Path, At);

        var aside = Path + "-wal.bad-20261126-191501";
        Assert.StartsWith(
            $"{Path}-wal: it is {(how == "header" ? "no log of a database" : "damaged behind page ")}", said, StringComparison.Ordinal);
        Assert.EndsWith($"; it is kept as {aside}", said, StringComparison.Ordinal);
        Assert.Equal(damaged, File.ReadAllBytes(aside));
    }

    [Fact]
    public void Unsaid_EmptyDatabase_SaysSo()
    {
        Assert.Null(SqliteDatabase.Unsaid(Path, At));
        File.WriteAllBytes(Path, []);
        Assert.Equal($"{Path}: it is empty: what it had is lost", SqliteDatabase.Unsaid(Path, At));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Leaves a database as a killed program does.</summary>
    private void Leave(bool hasIndex)
    {
        var alive = _folder.File("alive.db");
        using var database = SqliteDatabase.Open(alive);
        for (var number = 1; number <= 20; number++)
        {
            database.Write(new UnstoredValues(
                number,
                [new Update(new NodeId(1), number, 1, RegisterKind.CheckState, new[] { (byte)number }, new byte[3000])], [], []));
        }

        foreach (var suffix in (string[])["", "-wal", .. hasIndex ? new[] { "-shm" } : []])
        {
            File.Copy(alive + suffix, Path + suffix);
        }
    }
}
