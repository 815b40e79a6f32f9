using System.Globalization;
using Compeer.Daemon.Hosting;

namespace Compeer.Tests.Daemon.Hosting;

public sealed class InstanceLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Take_Twice_SecondIsRefusedWithTheFirstOnesPid()
    {
        string file = _folder.File("var/mond.pid");
        using InstanceLock first = await TakeAsync(file);
        StartupException exception = await Assert.ThrowsAsync<StartupException>(() => TakeAsync(file));
        Assert.Contains($"pid {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", exception.Message, StringComparison.Ordinal);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Take_AfterRelease_Works()
    {
        string file = _folder.File("mond.pid");
        (await TakeAsync(file)).Dispose();
        using InstanceLock again = await TakeAsync(file);
    }

    [Fact]
    public async Task Take_StalePidOfAKilledDaemon_Works()
    {
        string file = _folder.Write("mond.pid", "999999999999\n");
        using InstanceLock taken = await TakeAsync(file);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Take_FromADaemonThatWasKilledAndIsNotGoneYet_WaitsForIt()
    {
        string file = _folder.File("mond.pid");
        using var dead = new DeadProcess();
        InstanceLock first = await TakeAsync(file);
        await File.WriteAllTextAsync(file, $"{dead.Pid}\n");
        Task<InstanceLock> second = TakeAsync(file);
        Assert.False(second.IsCompleted);

        first.Dispose();
        using InstanceLock taken = await second;
        Assert.Equal($"{Environment.ProcessId}\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Take_WhileTheDaemonBeforeStops_WaitsForItUnlessToldToStop()
    {
        string file = _folder.File("mond.pid");
        using InstanceLock first = await TakeAsync(file);
        await File.WriteAllTextAsync(file, "");
        using var stopping = new CancellationTokenSource();
        Task<InstanceLock> second = InstanceLock.TakeAsync(file, stopping.Token);
        Assert.False(second.IsCompleted);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    private static Task<InstanceLock> TakeAsync(string file) => InstanceLock.TakeAsync(file, CancellationToken.None);
}
