using Compeer.Daemon.Instance;
using Compeer.Daemon.Log;

namespace Compeer.Tests.Daemon.Instance;

public sealed class LockFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LockFile_WhileTheDaemonRuns_HoldsItsPidAndIsGoneAfterwards()
    {
        var file = _folder.File("naemon.pid");
        using var log = MonitoringLog.Open(_folder.File("naemon.log"));
        using (new LockFile(file, new DaemonLog(log, TimeProvider.System)))
        {
            Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
        }

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void LockFile_FolderMissing_IsAWarningThatNamesIt()
    {
        var file = _folder.File("absent/naemon.pid");
        using (var log = MonitoringLog.Open(_folder.File("naemon.log")))
        {
            using var lockFile = new LockFile(file, new DaemonLog(log, TimeProvider.System));
        }

        Assert.Contains(file, File.ReadAllText(_folder.File("naemon.log")), StringComparison.Ordinal);
    }
}
