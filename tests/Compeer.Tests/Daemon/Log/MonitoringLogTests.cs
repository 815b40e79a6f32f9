using System.Text;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;

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
    public void Reopen_FileMovedAway_NextLineIsInANewFile()
    {
        var file = _folder.File("naemon.log");
        using (var log = MonitoringLog.Open(file))
        {
            File.Move(file, file + ".1");
            log.Reopen();
            log.Write(DateTimeOffset.FromUnixTimeSeconds(3), "new file"u8.ToArray());
        }

        Assert.Equal("[3] new file\n", File.ReadAllText(file));
        Assert.Equal("", File.ReadAllText(file + ".1"));
    }

    [Fact]
    public void Open_FolderInsteadOfAFile_SaysWhichFile()
    {
        var folder = _folder.File("naemon.log");
        Directory.CreateDirectory(folder);
        var exception = Assert.Throws<StartupException>(() => MonitoringLog.Open(folder));
        Assert.Contains(folder, exception.Message, StringComparison.Ordinal);
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

    private sealed class SettableTime(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
