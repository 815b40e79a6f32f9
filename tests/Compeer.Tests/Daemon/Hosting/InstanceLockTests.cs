using System.Globalization;
using Compeer.Daemon.Hosting;

namespace Compeer.Tests.Daemon.Hosting;

public sealed class InstanceLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_Twice_SecondIsRefusedWithTheFirstOnesPid()
    {
        string file = _folder.File("var/mond.pid");
        using InstanceLock first = InstanceLock.Take(file);
        StartupException exception = Assert.Throws<StartupException>(() => InstanceLock.Take(file));
        Assert.Contains($"pid {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", exception.Message, StringComparison.Ordinal);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
    }

    [Fact]
    public void Take_AfterRelease_Works()
    {
        string file = _folder.File("mond.pid");
        InstanceLock.Take(file).Dispose();
        using InstanceLock again = InstanceLock.Take(file);
    }

    [Fact]
    public void Take_StalePidOfAKilledDaemon_Works()
    {
        string file = _folder.Write("mond.pid", "999999999999\n");
        using InstanceLock taken = InstanceLock.Take(file);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
    }
}
