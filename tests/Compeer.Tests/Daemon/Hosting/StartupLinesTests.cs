using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Hosting;
using Compeer.Daemon.Log;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.Hosting;

public sealed class StartupLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Europe/Stockholm", "Wed Sept 2 14:05:06 CEST 2026")]
    [InlineData("UTC", "Wed Sept 2 12:05:06 UTC 2026")]
    public void Start_SaysTheLocalTimeAsNaemonDoes(string zone, string local)
    {
        SourceFile file = new("/t/naemon.cfg", System.Text.Encoding.ASCII.GetBytes($"cfg_file=/t/o.cfg\nuse_timezone={zone}\n"));
        LoadedConfiguration loaded = new(MainConfigurationReader.Read(file, []).Configuration, null, [], []);
        var log = _folder.File("naemon.log");
        using (var written = MonitoringLog.Open(log))
        {
            StartupLines.WriteStart(
                new DaemonLog(written, TimeProvider.System),
                loaded,
                new Instant(TimeSpan.Zero, new DateTimeOffset(2026, 9, 2, 12, 5, 6, TimeSpan.Zero)));
        }

        Assert.Contains(File.ReadLines(log), line => line.EndsWith($"] Local time is {local}", StringComparison.Ordinal));
    }
}
