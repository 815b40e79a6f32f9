using System.Globalization;
using Compeer.Daemon.Instance;
using Compeer.Daemon.Platform;

namespace Compeer.Tests.Daemon.Instance;

public sealed class InstanceLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Take_Twice_SecondIsRefusedWithTheFirstOnesPid()
    {
        var file = _folder.File("var/mond.pid");
        using var first = await TakeAsync(file);
        var exception = await Assert.ThrowsAsync<StartupException>(() => TakeAsync(file));
        Assert.Contains($"pid {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", exception.Message, StringComparison.Ordinal);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Take_AfterRelease_Works()
    {
        var file = _folder.File("mond.pid");
        (await TakeAsync(file)).Dispose();
        using var again = await TakeAsync(file);
    }

    [Fact]
    public async Task Take_StalePidOfAKilledDaemon_Works()
    {
        var file = _folder.Write("mond.pid", "999999999999\n");
        using var taken = await TakeAsync(file);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Take_FromADaemonThatWasKilledAndIsNotGoneYet_WaitsForIt()
    {
        var file = _folder.File("mond.pid");
        using var dead = new DeadProcess();
        var first = await TakeAsync(file);
        await File.WriteAllTextAsync(file, $"{dead.Pid}\n");
        var second = TakeAsync(file);
        Assert.False(second.IsCompleted);

        first.Dispose();
        using var taken = await second;
        Assert.Equal($"{Environment.ProcessId}\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Take_WhileTheDaemonBeforeStops_WaitsForItUnlessToldToStop()
    {
        var file = _folder.File("mond.pid");
        using var first = await TakeAsync(file);
        await File.WriteAllTextAsync(file, "");
        using var stopping = new CancellationTokenSource();
        var second = InstanceLock.TakeAsync(file, stopping.Token);
        Assert.False(second.IsCompleted);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Take_PidFileRemovedUnderARunningDaemon_IsRefusedAndMakesNone()
    {
        var file = _folder.File("var/mond.pid");
        using var first = await TakeAsync(file);
        File.Delete(file);

        var exception = await Assert.ThrowsAsync<StartupException>(() => TakeAsync(file));

        Assert.Contains($"already running (pid {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file), "a pid file without a lock would hide the daemon that runs");
    }

    [Fact]
    public async Task Take_FolderOfThePidFileIsAFile_SaysSoInOurWords()
    {
        var file = Path.Combine(_folder.Write("var", ""), "mond.pid");
        var exception = await Assert.ThrowsAsync<StartupException>(() => TakeAsync(file));
        Assert.Equal($"pid file {file}: something is there already", exception.Message);
    }

    private static Task<InstanceLock> TakeAsync(string file) => InstanceLock.TakeAsync(file, CancellationToken.None);
}
