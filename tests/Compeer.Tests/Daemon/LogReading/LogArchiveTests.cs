using System.IO.Compression;
using System.Text;
using Compeer.Configuration.Main;
using Compeer.Daemon.LogReading;
using Compeer.Livestatus.Log;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Daemon.LogReading;

/// <summary>What queries read of the files of the log, and what they leave alone.</summary>
public sealed class LogArchiveTests : IDisposable
{
    private const long Day = 24 * 60 * 60;
    private const long Start = 1_772_582_400;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private MainConfiguration Main => ConfigurationFiles.MainFrom(
        $"log_file={_folder.File("naemon.log")}\nlog_archive_path={_folder.File("archives")}\n");

    [Fact]
    public void DayOfAMonthInOneFile_ReadsOnlyThatDay()
    {
        const int LinesPerDay = 5_000;
        WriteDays("naemon.log", firstDay: 0, days: 30, LinesPerDay);
        var length = new FileInfo(_folder.File("naemon.log")).Length;
        var archive = new LogArchive(_folder.Path);
        var found = Within(archive.NewestFirst(Main, Start + (14 * Day), Start + (15 * Day) - 1), 14 * Day, (15 * Day) - 1);
        Assert.Equal(LinesPerDay, found.Count);

        // A day, what halving looks at, and a piece at both ends.
        var most = (length / 30) + (12 * 2 * LogFileIndex.BlockBytes);
        Assert.True(length > 2 * most, $"{length} bytes are too few to tell");
        Assert.InRange(archive.Readings.BytesRead, length / 30, most);
    }

    [Fact]
    [Trait("Variable", "log_archive_path")]
    public void DayOfAMonthOfFiles_OpensTheFilesOfThatDay()
    {
        for (var day = 0; day < 29; day++)
        {
            WriteDays($"archives/naemon.log-{day:00}", day, days: 1, linesPerDay: 3_000);
        }

        WriteDays("naemon.log", firstDay: 29, days: 1, linesPerDay: 3_000);
        var length = new FileInfo(_folder.File("naemon.log")).Length;
        var archive = new LogArchive(_folder.Path);
        var found = Within(archive.NewestFirst(Main, Start + (7 * Day), Start + (8 * Day) - 1), 7 * Day, (8 * Day) - 1);
        Assert.Equal(3_000, found.Count);

        // That day, the end of the day before and the beginning of the day after, and 13 bytes of each file.
        Assert.InRange(archive.Readings.BytesRead, length, length + (6 * 2 * LogFileIndex.BlockBytes));
    }

    [Fact]
    public void AnyLines_AreThoseOfThePlainFile_WithTheirNumbers()
    {
        var random = new Random(48);
        var text = new StringBuilder();
        for (var i = 0; i < 4_000; i++)
        {
            var tail = new string('x', random.Next(20) == 0 ? random.Next(3 * LogFileIndex.BlockBytes / 2) / 8 : random.Next(200));
            text.Append(random.Next(10) == 0 ? $"no line of the log {tail}\n" : $"[{Start + i}] line {i} {tail}\n");
        }

        _folder.Write("naemon.log", text.ToString());
        var plain = text.ToString().Split('\n')
            .Select((line, index) => (Line: line, Number: (long)index + 1))
            .Where(pair => pair.Line.StartsWith('['))
            .ToList();
        var archive = new LogArchive(_folder.Path);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(
                Enumerable.Reverse(plain),
                archive.NewestFirst(Main, 0, long.MaxValue).Select(line => (Encoding.UTF8.GetString(Whole(line)), line.Number)));
            Assert.Equal(
                plain, archive.FromFileOf(Main, Start, long.MaxValue).Select(line => (Encoding.UTF8.GetString(Whole(line)), line.Number)));
        }
    }

    [Fact]
    public void LineThatIsBeingWritten_IsLeftToTheNextQuery()
    {
        _folder.Write("naemon.log", $"[{Start}] whole\n[{Start + 1}] tor");
        var archive = new LogArchive(_folder.Path);
        Assert.Equal([Start], Times(archive));
        File.AppendAllText(_folder.File("naemon.log"), "n no more\n");
        Assert.Equal([Start + 1, Start], Times(archive));
    }

    [Fact]
    public void RotatedFile_MayEndWithoutAnEnd()
    {
        _folder.Write("archives/naemon.log-1", $"[{Start}] first\n[{Start + 1}] last");
        Assert.Equal([Start + 1, Start], Times(new LogArchive(_folder.Path)));
    }

    [Fact]
    public void FileThatIsMovedWhileItIsRead_IsReadToItsEnd()
    {
        WriteDays("naemon.log", firstDay: 0, days: 2, linesPerDay: 2_000);
        var archive = new LogArchive(_folder.Path);
        using var lines = archive.NewestFirst(Main, 0, long.MaxValue).GetEnumerator();
        Assert.True(lines.MoveNext());
        Directory.CreateDirectory(_folder.File("archives"));
        File.Move(_folder.File("naemon.log"), _folder.File("archives/naemon.log-1"));
        _folder.Write("naemon.log", $"[{Start + (9 * Day)}] of another moment\n");
        var count = 1;
        while (lines.MoveNext())
        {
            Assert.True(lines.Current.Time < Start + (2 * Day));
            count++;
        }

        Assert.Equal(4_000, count);
        Assert.Equal(4_001, Times(archive).Count);
    }

    [Fact]
    public void FileThatWasCutShort_BeginsAnew()
    {
        WriteDays("naemon.log", firstDay: 0, days: 1, linesPerDay: 5_000);
        var archive = new LogArchive(_folder.Path);
        Assert.Equal(5_000, Times(archive).Count);
        File.WriteAllText(_folder.File("naemon.log"), $"[{Start + Day}] after the cut\n");
        Assert.Equal([Start + Day], Times(archive));
    }

    [Fact]
    public void CopyOfAFile_CountsOnce_AndWhatIsNoLogDoesNot()
    {
        _folder.Write("naemon.log", $"[{Start}] here\n");
        _folder.Write("archives/copy", $"[{Start}] here\n");
        _folder.Write("archives/.hidden", $"[{Start + 1}] hidden\n");
        _folder.Write("archives/readme", "Rotated logs are here.\n");
        _folder.Write("archives/empty", "");
        Assert.Equal([Start], Times(new LogArchive(_folder.Path)));
    }

    /// <summary>As naemon-livestatus does: what logrotate compressed is no longer part of the log. It is looked at once, not by each
    /// query.</summary>
    [Fact]
    public void CompressedFiles_ArePassedOver_AndNotOpenedAgain()
    {
        _folder.Write("naemon.log", $"[{Start}] here\n");
        Directory.CreateDirectory(_folder.File("archives"));
        for (var day = 1; day <= 100; day++)
        {
            using var file = File.Create(_folder.File($"archives/naemon.log-{day:000}.gz"));
            using var compressed = new GZipStream(file, CompressionLevel.Fastest);
            compressed.Write(Encoding.ASCII.GetBytes($"[{Start - (day * Day)}] of day {day}\n"));
        }

        var archive = new LogArchive(_folder.Path);
        Assert.Equal([Start], Times(archive));
        var read = archive.Readings.BytesRead;
        Assert.Equal([Start], Times(archive));
        Assert.InRange(archive.Readings.BytesRead - read, 0, 100);
    }

    [Fact]
    public void WhatIsKept_IsBounded_AndSparesReading()
    {
        WriteDays("naemon.log", firstDay: 0, days: 1, linesPerDay: 5_000);
        var archive = new LogArchive(_folder.Path);
        var first = Times(archive);
        var read = archive.Readings.BytesRead;
        Assert.Equal(first, Times(archive));
        Assert.InRange(archive.Readings.BytesRead - read, 0, 3 * LogFileIndex.BlockBytes);

        var few = new LogReadings(mostCost: 300_000);
        var index = new LogFileIndex(new LogFilePlace("nowhere", default, () => []), 0, few);
        for (var block = 0; block < 100; block++)
        {
            few.Keep(index, block, LogBlock.Read(new byte[50_000], () => 0));
            Assert.InRange(few.Cost, 0, 300_000);
        }

        Assert.NotNull(few.Find(index, 99));
        Assert.Null(few.Find(index, 0));
    }

    [Fact]
    public void HistoryBeginsWithTheFileInWhichItsTimeIs()
    {
        WriteDays("archives/naemon.log-0", firstDay: 0, days: 1, linesPerDay: 100);
        WriteDays("archives/naemon.log-1", firstDay: 1, days: 1, linesPerDay: 100);
        WriteDays("naemon.log", firstDay: 2, days: 1, linesPerDay: 100);
        var times = new LogArchive(_folder.Path).FromFileOf(Main, Start + Day + 500, Start + (3 * Day)).Select(line => line.Time).ToList();
        Assert.Equal(200, times.Count);
        Assert.Equal(Start + Day, times[0]);
        Assert.Equal(times.Order(), times);
    }

    private List<long> Times(LogArchive archive) => [.. archive.NewestFirst(Main, 0, long.MaxValue).Select(line => line.Time)];

    private static List<LogLine> Within(IEnumerable<LogLine> lines, long first, long last) =>
        [.. lines.Where(line => line.Time >= Start + first && line.Time <= Start + last)];

    private static byte[] Whole(LogLine line) => line.Text(line.Parts.Whole).ToArray();

    private void WriteDays(string name, int firstDay, int days, int linesPerDay)
    {
        var text = new StringBuilder();
        for (var i = 0; i < days * linesPerDay; i++)
        {
            var time = Start + (firstDay * Day) + (i * Day / linesPerDay);
            text.Append($"[{time}] SERVICE ALERT: host{i % 100};service {i % 7};CRITICAL;SOFT;1;refused by the other side, once more\n");
        }

        _folder.Write(name, text.ToString());
    }
}
