using System.Collections.Concurrent;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Engine.Events;

namespace Compeer.Tests.Daemon.Log;

public sealed class MonitoringLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Lines_AppearInOrderWithTheirTime()
    {
        var file = _folder.File("var/naemon.log");
        using (var log = MonitoringLog.Open(file))
        {
            for (var i = 0; i < 1000; i++)
            {
                log.Write(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + i), Encoding.UTF8.GetBytes($"line {i}"));
            }
        }

        var lines = File.ReadAllLines(file);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"[{1_700_000_000 + i}] line {i}"), lines);
    }

    [Fact]
    public void Mark_IsTold_WhenTheLinesBeforeItAreInTheFile()
    {
        var file = _folder.File("naemon.log");
        using BlockingCollection<(long Mark, LogPosition Position, string Text)> told = [];
        using var log = MonitoringLog.Open(file);
        log.Marked = (mark, position) => told.Add((mark, position, File.ReadAllText(file)));
        log.Write(At(1), "one"u8.ToArray());
        log.Mark(7);
        Assert.True(told.TryTake(out var first, TimeSpan.FromSeconds(30)), "nothing was told");
        Assert.Equal((7, "[1] one\n"), (first.Mark, first.Text));
        Assert.Equal("[1] one\n".Length, first.Position.Offset);
        log.Write(At(2), "two"u8.ToArray());
        log.Mark(9);
        Assert.True(told.TryTake(out var second, TimeSpan.FromSeconds(30)), "nothing was told");
        Assert.Equal((9, "[1] one\n[2] two\n"), (second.Mark, second.Text));
        Assert.Equal(first.Position with { Offset = second.Text.Length }, second.Position);
    }

    [Fact]
    public void Open_ExistingFile_IsContinued()
    {
        var file = _folder.Write("naemon.log", "[1] before\n");
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(DateTimeOffset.FromUnixTimeSeconds(2), "after"u8.ToArray());
        }

        Assert.Equal(["[1] before", "[2] after"], File.ReadAllLines(file));
    }

    [Fact]
    public void Open_FileThatEndsInATornLine_BeginsOnALineOfItsOwn()
    {
        var file = _folder.Write("naemon.log", "[1] before\n[1] torn by a power c");
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(At(2), "after"u8.ToArray());
        }

        Assert.Equal(["[1] before", "[1] torn by a power c", "[2] after"], File.ReadAllLines(file));
    }

    [Fact]
    public async Task Write_AnotherProgramAppends_BothStay()
    {
        var file = _folder.File("naemon.log");
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(At(1), "first"u8.ToArray());
            await WrittenAsync(log);
            await File.AppendAllTextAsync(file, "[2] of another program\n");
            log.Write(At(3), "third"u8.ToArray());
        }

        Assert.Equal(["[1] first", "[2] of another program", "[3] third"], await File.ReadAllLinesAsync(file));
    }

    [Fact]
    public async Task Write_FileCopiedAndTruncated_GoesOnAtItsStartAsANewLog()
    {
        var file = _folder.File("naemon.log");
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(At(1), "first"u8.ToArray());
            await WrittenAsync(log);
            File.Copy(file, file + ".1");
            await File.WriteAllTextAsync(file, "");
            log.Write(At(2), "second"u8.ToArray());
        }

        Assert.Equal(["[2] LOG ROTATION: EXTERNAL", "[2] LOG VERSION: 2.0", "[2] second"], await File.ReadAllLinesAsync(file));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_FileMovedAway_NewFileBeginsAsALogAndTheStatesAreAskedForOnce(bool signalled)
    {
        var file = _folder.File("naemon.log");
        var begun = 0;
        using (var log = MonitoringLog.Open(file))
        {
            log.WhenBegunAnew(() => begun++);
            log.Write(At(1), "first"u8.ToArray());
            await WrittenAsync(log);
            File.Move(file, file + ".1");
            log.Write(At(3), "new file"u8.ToArray());
            if (signalled)
            {
                log.Reopen(At(4));
            }
        }

        Assert.Equal("[1] first\n", await File.ReadAllTextAsync(file + ".1"));
        Assert.Equal("[3] LOG ROTATION: EXTERNAL\n[3] LOG VERSION: 2.0\n[3] new file\n", await File.ReadAllTextAsync(file));
        Assert.Equal(1, begun);
    }

    [Fact]
    public void Reopen_NothingMoved_MarksTheRotationAsNaemonDoes()
    {
        var file = _folder.File("naemon.log");
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(At(1), "first"u8.ToArray());
            log.Reopen(At(2));
            log.Reopen(At(3));
        }

        Assert.Equal(
            "[1] first\n[2] LOG ROTATION: EXTERNAL\n[2] LOG VERSION: 2.0\n[3] LOG ROTATION: EXTERNAL\n[3] LOG VERSION: 2.0\n",
            File.ReadAllText(file));
    }

    [Fact]
    public void WriteAll_MoreLinesThanMayWait_NoneIsLost()
    {
        var file = _folder.File("naemon.log");
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(At(1), "before"u8.ToArray());
            log.WriteAll(Enumerable.Range(0, 400_000).Select(i => new LogEntry(At(2), Encoding.ASCII.GetBytes($"{i,100}"))));
            log.Write(At(3), "after"u8.ToArray());
            log.Dispose();
            Assert.Equal(0, log.LostLines);
        }

        var lines = File.ReadLines(file).ToList();
        Assert.Equal(400_002, lines.Count);
        Assert.Equal(("[1] before", "[3] after"), (lines[0], lines[^1]));
        Assert.EndsWith(" 399999", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DiskFull_LinesAreKeptAndWhatCannotBeIsCounted()
    {
        using var log = MonitoringLog.Open("/dev/full");
        for (var i = 0; i < 1000; i++)
        {
            log.Write(At(1), "line"u8.ToArray());
        }

        await UntilAsync(() => log.Problem is not null);
        Assert.Equal("no space is left on the disk (see df and df -i); make room", log.Problem);
        Assert.Equal((1000, 0), (log.WaitingLines, log.LostLines));

        log.Dispose();

        Assert.Equal((0, 1000), (log.WaitingLines, log.LostLines));
    }

    [Fact]
    public async Task Write_DiskFullForLongAndThenNot_EveryLineIsThereOrCounted()
    {
        const int Written = 300_000;
        var file = _folder.File("naemon.log");
        File.CreateSymbolicLink(file, "/dev/full");
        long lost;
        using (var log = MonitoringLog.Open(file))
        {
            log.Write(At(1), "full"u8.ToArray());
            await UntilAsync(() => log.Problem is not null);
            for (var i = 1; i < Written; i++)
            {
                log.Write(At(1), Encoding.ASCII.GetBytes($"{i,100}"));
            }

            lost = log.LostLines;
            File.Delete(file);
            await UntilAsync(() => log.WaitingLines == 0);
            log.Write(At(2), "there is room"u8.ToArray());
        }

        var lines = (await File.ReadAllLinesAsync(file)).Where(line => !line.Contains("LOG ", StringComparison.Ordinal)).ToList();
        Assert.InRange(lost, 1, Written);
        Assert.Equal(Written - lost + 2, lines.Count);
        Assert.Equal(
            [$"[1] Warning: {lost} log lines were lost: no space is left on the disk (see df and df -i); make room", "[2] there is room"],
            lines.TakeLast(2));
    }

    [Fact]
    public void Open_SomethingThatIsNoFile_SaysWhichAndWhatItIs()
    {
        var folder = _folder.File("naemon.log");
        Directory.CreateDirectory(folder);
        var pipe = _folder.File("pipe");
        System.Diagnostics.Process.Start("mkfifo", pipe).WaitForExit();

        Assert.Equal($"log_file {folder}: it is a folder", Assert.Throws<StartupException>(() => MonitoringLog.Open(folder)).Message);
        Assert.Equal(
            $"log_file {pipe}: it is a pipe or a terminal", Assert.Throws<StartupException>(() => MonitoringLog.Open(pipe)).Message);
    }

    [Fact]
    public void Refused_ManyInAMinute_AreLimitedAndCounted()
    {
        var file = _folder.File("naemon.log");
        var time = new SettableTime(DateTimeOffset.FromUnixTimeSeconds(1_700_000_040));
        using (var log = MonitoringLog.Open(file))
        {
            var daemonLog = new DaemonLog(log, time);
            for (var i = 0; i < 500; i++)
            {
                daemonLog.Refused("127.0.0.9:1", "because\nof a forged [1] line");
            }

            daemonLog.Refused("127.0.0.9:1", "of another reason");

            time.Now += TimeSpan.FromMinutes(1);
            daemonLog.Refused("127.0.0.9:1", "again");
        }

        var lines = File.ReadAllLines(file);
        Assert.Equal(23, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("[17000", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("480 more connections were refused", StringComparison.Ordinal));
    }

    private static DateTimeOffset At(long epoch) => DateTimeOffset.FromUnixTimeSeconds(epoch);

    private static Task WrittenAsync(MonitoringLog log) => UntilAsync(() => log.WaitingLines == 0);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    private sealed class SettableTime(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
