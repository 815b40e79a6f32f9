using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Daemon.StatusFiles;
using Compeer.Engine;
using Compeer.Tests.Engine;
using ConfigurationFiles = Compeer.Tests.Configuration.ConfigurationFiles;

namespace Compeer.Tests.Daemon.StatusFiles;

public sealed class StateFilesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly MonitoringEngine _engine = new(TextSite.Of(
        "",
        "define host {\nhost_name web1\nmax_check_attempts 1\ncheck_command x\n}\n"
        + "define command {\ncommand_name x\ncommand_line x\n}\n"));

    private readonly TestClock _clock = new();
    private readonly List<StateFiles> _started = [];

    public StateFilesTests() => _log = MonitoringLog.Open(_folder.File("naemon.log"));

    private string Status => _folder.File("status.dat");

    private string Retention => _folder.File("retention.dat");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var files in _started)
        {
            await files.DisposeAsync();
        }

        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Variable", "status_file")]
    public async Task Start_StatusFile_IsWrittenAtOnceAndGoesAtTheStop()
    {
        var files = Start($"status_file={Status}");
        await UntilAsync(() => File.Exists(Status));
        Assert.Contains("\thost_name=web1\n", await File.ReadAllTextAsync(Status), StringComparison.Ordinal);
        await files.DisposeAsync();
        Assert.False(File.Exists(Status));
        Assert.False(File.Exists(Retention));
    }

    [Fact]
    public async Task Status_OfALogThatWasBegunAnew_SaysWhen()
    {
        Start($"status_file={Status}\nstatus_update_interval=1");
        await UntilAsync(() => Has("\tlast_log_rotation=0\n"));
        _log.Reopen(TestClock.Epoch);
        await UntilAsync(() => Has($"\tlast_log_rotation={TestClock.Epoch.ToUnixTimeSeconds()}\n"));
    }

    private bool Has(string line) => File.Exists(Status) && File.ReadAllText(Status).Contains(line, StringComparison.Ordinal);

    [Fact]
    [Trait("Variable", "status_update_interval")]
    public async Task Interval_Over_WritesTheFileAnew()
    {
        Start($"status_file={Status}\nstatus_update_interval=1");
        await UntilAsync(() => File.Exists(Status));
        var first = new FileInfo(Status).LastWriteTimeUtc;
        await UntilAsync(() => new FileInfo(Status) is { Exists: true } file && file.LastWriteTimeUtc > first);

        // Zero: never.
        _folder.Write("status-of-nothing.dat", "left");
        var other = _folder.File("status-of-nothing.dat");
        var files = Start($"status_file={other}\nstatus_update_interval=0\nstate_retention_file={Retention}");
        files.SaveState();
        await UntilAsync(() => File.Exists(Retention));
        Assert.False(File.Exists(other));
    }

    [Fact]
    [Trait("Variable", "retention_update_interval")]
    public async Task RetentionInterval_Over_SavesAndSaysSo()
    {
        Start($"state_retention_file={Retention}\nretention_update_interval=1\ninterval_length=1");
        await UntilAsync(() => File.Exists(Retention));
        await UntilAsync(() => Log().Contains("Auto-save of retention data completed successfully.", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Variable", "state_retention_file")]
    public async Task Stop_RetentionFile_IsWrittenUnlessNothingIsToBeKept()
    {
        var files = Start($"state_retention_file={Retention}");
        await UntilFollowedAsync(files, $"status_file={Status}\nstate_retention_file={Retention}");
        Assert.False(File.Exists(Retention));
        await files.DisposeAsync();
        Assert.Contains("host {\nhost_name=web1\n", await File.ReadAllTextAsync(Retention), StringComparison.Ordinal);

        File.Delete(Retention);
        var forgetful = Start($"state_retention_file={Retention}\nretain_state_information=0\nstatus_file={Status}");
        await UntilAsync(() => File.Exists(Status));
        await forgetful.DisposeAsync();
        Assert.False(File.Exists(Retention));
    }

    [Fact]
    public async Task Write_MissingFolder_IsSaidOnceAndWhenItIsThereAgain()
    {
        var path = _folder.File("absent/status.dat");
        var files = Start($"status_file={path}\nstatus_update_interval=1\nstate_retention_file={Retention}");
        await UntilAsync(() => Log().Contains($"status_file {path} cannot be written: ", StringComparison.Ordinal));
        var failures = _taken;
        await UntilAsync(() => _taken > failures + 1);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await UntilAsync(() => Log().Contains($"status_file {path} is written again", StringComparison.Ordinal));
        Assert.Equal(2, Log().Split("cannot be written: ").Length);
        files.SaveState();
        await UntilAsync(() => File.Exists(Retention));
    }

    [Fact]
    public async Task Follow_AnotherPlace_LeavesNothingAtTheOld()
    {
        var files = Start($"status_file={Status}");
        await UntilAsync(() => File.Exists(Status));
        await UntilFollowedAsync(files, $"status_file={_folder.File("other.dat")}\nstatus_update_interval=1");
        await UntilAsync(() => File.Exists(_folder.File("other.dat")));
        Assert.False(File.Exists(Status));
    }

    private volatile int _taken;

    private static MainConfiguration MainOf(string text) => ConfigurationFiles.MainFrom(text + "\n");

    private StateFiles Start(string main)
    {
        var files = new StateFiles(
            _ =>
            {
                Interlocked.Increment(ref _taken);
                lock (_engine)
                {
                    return Task.FromResult(_engine.Snapshot(_clock.Now));
                }
            },
            TestClock.Epoch,
            new DaemonLog(_log, TimeProvider.System),
            TimeProvider.System);
        _started.Add(files);
        files.Follow(MainOf(main));
        files.Start();
        return files;
    }

    private async Task UntilFollowedAsync(StateFiles files, string main)
    {
        files.Follow(MainOf(main + "\nstatus_update_interval=1"));
        var before = _taken;
        await UntilAsync(() => _taken > before);
    }

    private string Log() => File.ReadAllText(_folder.File("naemon.log"));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }
}
