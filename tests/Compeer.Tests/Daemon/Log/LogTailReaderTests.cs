using System.Text;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Platform.Files;

namespace Compeer.Tests.Daemon.Log;

/// <summary>What a start looks at of the log that an earlier run left.</summary>
public sealed class LogTailReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NewDatabase_NothingIsLookedAt()
    {
        var log = _folder.Write("naemon.log", "[1] one\n");
        Assert.True(LogTailReader.Read(log, null).IsEmpty);
    }

    [Fact]
    public void NoPlaceYet_AllOfTheFile()
    {
        var log = _folder.Write("naemon.log", "[1] one\nno time\n[2] two\n");
        Assert.Equal(["[1] one", "[2] two"], Read(log, null));
    }

    [Fact]
    public void Place_WhatIsBehindIt_AlsoATornLine()
    {
        var log = _folder.Write("naemon.log", "[1] one\n[2] two\n[3] thr");
        Assert.Equal(["[2] two", "[3] thr"], Read(log, PlaceIn(log, "[1] one\n".Length)));
    }

    [Theory]
    [InlineData("naemon.log.1")]
    [InlineData("archives/naemon-11-26-2026-00.log")]
    public void Place_InAFileThatWasMoved_TheRestOfItAndTheNewOne(string moved)
    {
        var log = _folder.Write("naemon.log", "[1] one\n[2] two\n");
        var place = PlaceIn(log, "[1] one\n".Length);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(moved))!);
        File.Move(log, _folder.File(moved));
        _folder.Write("naemon.log", "[3] three\n");
        Assert.Equal(["[2] two", "[3] three"], Read(log, place));
    }

    [Fact]
    public void Place_BehindTheEndOfAFileThatWasCutShort_AllOfIt()
    {
        var log = _folder.Write("naemon.log", "[1] one\n");
        Assert.Equal(["[1] one"], Read(log, PlaceIn(log, 1_000)));
    }

    [Fact]
    public void FileThatIsNotThere_Nothing() => Assert.Empty(Read(_folder.File("naemon.log"), new LogPosition(1, 1)));

    [Fact]
    public void LinesLongerAndMoreThanABlock_AllOfThem()
    {
        string[] lines = [.. Enumerable.Range(1, 5_000).Select(n => $"[{n}] line {n}"), $"[7] {new string('x', 200_000)}", "[8] last"];
        Assert.Equal(lines, Read(_folder.Write("naemon.log", string.Join('\n', lines) + "\n"), null));
    }

    [Fact]
    public void LineOfAnEarlierRun_IsFoundOnce()
    {
        var tail = LogTailReader.Read(_folder.Write("naemon.log", "[5] one\n[5] one\n[6] two\n"), Stored(null));
        Assert.False(tail.Remove(6, "one"u8));
        Assert.True(tail.Remove(5, "one"u8));
        Assert.True(tail.Remove(5, "one"u8));
        Assert.False(tail.Remove(5, "one"u8));
        Assert.True(tail.Remove(6, "two"u8));
        Assert.True(tail.IsEmpty);
    }

    private static string[] Read(string log, LogPosition? told)
    {
        var lines = new List<string>();
        LogTailReader.Read(log, Stored(told), (second, text) => lines.Add($"[{second}] {Encoding.UTF8.GetString(text)}"));
        return [.. lines];
    }

    private static StoredStreams Stored(LogPosition? told) => new([], DateTimeOffset.UnixEpoch, told);

    private static LogPosition PlaceIn(string log, long offset)
    {
        Assert.True(FileStatus.TryGetIdentity(log, out var identity));
        return new LogPosition(unchecked((long)identity.Inode), offset);
    }
}
