using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Compeer.Daemon.Log;
using Compeer.Tests.Configuration;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Daemon.Log;

public sealed class SystemLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_UsesSystemLog_LinesAreInBothWithNaemonsNameAndLevel()
    {
        using var socket = Listen();
        using (var log = MonitoringLog.Open(_folder.File("naemon.log"), _folder.File("log")))
        {
            log.Follow(TestSite.DefaultMain);
            log.Write(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "SERVICE ALERT: a;b;\xc3\xa9"u8.ToArray());
        }

        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), TimeZoneInfo.Local);
        Assert.Matches(
            $"^<14>Nov {local.Day,2} [0-9]{{2}}:13:20 naemon\\[{Environment.ProcessId}\\]: {Regex.Escape("SERVICE ALERT: a;b;\xc3\xa9")}$",
            Receive(socket));
        Assert.Equal(["[1700000000] SERVICE ALERT: a;b;\xc3\xa9"], File.ReadAllLines(_folder.File("naemon.log")));
    }

    [Fact]
    [Trait("Variable", "use_syslog")]
    public void Write_SystemLogIsNotThere_IsSaidOnceWhenAskedFor()
    {
        foreach (var line in (string[])["use_syslog=1", "", "use_syslog=0"])
        {
            var file = _folder.File($"{line}.log");
            using (var log = MonitoringLog.Open(file, _folder.File("none")))
            {
                log.Follow(ConfigurationFiles.MainFrom(line + "\n"));
                log.Write(DateTimeOffset.FromUnixTimeSeconds(1), "one"u8.ToArray());
                log.Write(DateTimeOffset.FromUnixTimeSeconds(2), "two"u8.ToArray());
            }

            string[] lines = ["[1] one", "[2] two"];
            var warning = $"[1] Warning: use_syslog is 1, and {_folder.File("none")} takes no lines: it is not there";
            Assert.Equal(line == "use_syslog=1" ? [warning, .. lines] : lines, File.ReadAllLines(file));
        }
    }

    [Fact]
    public void Send_SystemLogBeginsAnewOrIsFull_IsLostWithoutWaiting()
    {
        var time = new ManualTime();
        using var log = new SystemLog(_folder.File("log"), time);
        Assert.NotNull(log.Send(default, "too early"u8));
        using (var first = Listen())
        {
            Assert.NotNull(log.Send(default, "not tried again at once"u8));
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.Null(log.Send(default, "first"u8));
            Assert.EndsWith(": first", Receive(first), StringComparison.Ordinal);
            while (log.Send(default, new byte[8_000]) is null)
            {
            }
        }

        File.Delete(_folder.File("log"));
        using var second = Listen();
        Assert.NotNull(log.Send(default, "finds that it ended"u8));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(log.Send(default, "second"u8));
        Assert.EndsWith(": second", Receive(second), StringComparison.Ordinal);
    }

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("log")));
        return socket;
    }

    private static string Receive(Socket socket)
    {
        var bytes = new byte[16_384];
        return Encoding.UTF8.GetString(bytes, 0, socket.Receive(bytes));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += (long)(by.TotalSeconds * TimestampFrequency);
    }
}
