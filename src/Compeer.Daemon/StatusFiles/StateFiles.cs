using System.Threading.Channels;
using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Engine.Snapshot;
using Compeer.Engine.StatusData;

namespace Compeer.Daemon.StatusFiles;

/// <summary>
/// Keeps <c>status_file</c> and <c>state_retention_file</c> up for programs that read them. What is written comes out of a snapshot of the
/// engine, beside everything else: nothing waits for it.
/// </summary>
/// <param name="take">Gives a moment of the engine.</param>
/// <param name="started">When the daemon started.</param>
/// <param name="log">Where trouble is told of.</param>
/// <param name="clock">The clock.</param>
internal sealed class StateFiles(
    Func<CancellationToken, Task<EngineSnapshot>> take, DateTimeOffset started, DaemonLog log, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How soon a writing that was switched off is looked at again (Naemon).</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for the last writing; a million services take a few seconds.</summary>
    private static readonly TimeSpan LongestLast = TimeSpan.FromSeconds(20);

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>();
    private readonly CancellationTokenSource _stop = new();
    private readonly PublishedFile _status = new("status_file", log);
    private readonly PublishedFile _retention = new("state_retention_file", log);
    private readonly RecentCounts _hostChecks = new();
    private readonly RecentCounts _serviceChecks = new();
    private readonly RecentCounts _passiveHosts = new();
    private readonly RecentCounts _passiveServices = new();
    private readonly RecentCounts _commands = new();
    private MainConfiguration? _main;
    private TimeSpan _nextStatus;
    private TimeSpan _nextRetention;
    private Task _running = Task.CompletedTask;

    /// <summary>Goes by this main configuration from now on. Never waits.</summary>
    public void Follow(MainConfiguration main) => _requests.Writer.TryWrite(new Request(main));

    /// <summary>Writes <c>state_retention_file</c> now (<c>SAVE_STATE_INFORMATION</c>). Never waits.</summary>
    public void SaveState() => _requests.Writer.TryWrite(new Request(Main: null));

    /// <summary>Begins.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Writes what is to be found after a stop, and removes what is not. The engine must still answer.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (_main is not null)
        {
            _status.Delete();
            await SaveLastAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task SaveLastAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestLast, clock);
            await WriteRetentionAsync(isAutomatic: false, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            log.Warning($"state_retention_file {_retention.Path} is not written at this stop: it took too long");
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(0);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await WaitAsync().ConfigureAwait(false);
                while (_requests.Reader.TryRead(out var request))
                {
                    await TakeAsync(request).ConfigureAwait(false);
                }

                await WriteDueAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    /// <summary>Until something is asked for, or due.</summary>
    private async Task WaitAsync()
    {
        var next = _nextStatus < _nextRetention ? _nextStatus : _nextRetention;
        var wait = _main is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, (next - Now).Ticks));
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var asked = _requests.Reader.WaitToReadAsync(awake.Token).AsTask();
        await Task.WhenAny(asked, Task.Delay(wait, clock, awake.Token)).ConfigureAwait(false);
        await awake.CancelAsync().ConfigureAwait(false);
        _stop.Token.ThrowIfCancellationRequested();
    }

    private async Task TakeAsync(Request request)
    {
        if (request.Main is { } main)
        {
            Follow(main, isFirst: _main is null);
            _main = main;
        }
        else
        {
            await WriteRetentionAsync(isAutomatic: false, _stop.Token).ConfigureAwait(false);
        }
    }

    private void Follow(MainConfiguration main, bool isFirst)
    {
        var former = new PublishedFile("status_file", log);
        former.Follow(_status.Path);
        if (_status.Follow(main.StatusFile))
        {
            // What an earlier run or another configuration left tells of nothing that is.
            former.Delete();
            _status.Delete();
        }

        _retention.Follow(main.Retention.KeepsState ? main.StateRetentionFile : null);
        _nextStatus = isFirst ? Now : Earlier(_nextStatus, Now + StatusInterval(main));
        _nextRetention = isFirst ? Now + RetentionInterval(main) : Earlier(_nextRetention, Now + RetentionInterval(main));
    }

    private async Task WriteDueAsync()
    {
        if (_main is not { } main)
        {
            return;
        }

        if (Now >= _nextStatus)
        {
            _nextStatus = Now + StatusInterval(main);
            if (main.StatusUpdateInterval > TimeSpan.Zero && _status.Path is not null)
            {
                await WriteStatusAsync(_stop.Token).ConfigureAwait(false);
            }
        }

        if (Now >= _nextRetention)
        {
            _nextRetention = Now + RetentionInterval(main);
            if (main.Retention.UpdateInterval > TimeSpan.Zero)
            {
                await WriteRetentionAsync(isAutomatic: true, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteStatusAsync(CancellationToken cancellation)
    {
        var snapshot = await take(cancellation).ConfigureAwait(false);
        var figures = new ProgramFigures
        {
            Version = ProgramVersion.Text,
            ProcessId = Environment.ProcessId,
            Started = started,
            LastLogRotation = log.LastRotation,
            HostChecks = _hostChecks.See(Now, snapshot.HostChecks.Completed),
            ServiceChecks = _serviceChecks.See(Now, snapshot.ServiceChecks.Completed),
            PassiveHostResults = _passiveHosts.See(Now, snapshot.HostChecks.Passive),
            PassiveServiceResults = _passiveServices.See(Now, snapshot.ServiceChecks.Passive),
            Commands = _commands.See(Now, snapshot.CommandsGiven),
        };
        _status.Write(output => StatusDataWriter.Write(snapshot, figures, output), cancellation);
    }

    private async Task WriteRetentionAsync(bool isAutomatic, CancellationToken cancellation)
    {
        if (_retention.Path is null)
        {
            return;
        }

        var snapshot = await take(cancellation).ConfigureAwait(false);
        if (_retention.Write(output => RetentionDataWriter.Write(snapshot, ProgramVersion.Text, output), cancellation))
        {
            log.Information(
                isAutomatic ? "Auto-save of retention data completed successfully." : "Retention data successfully saved.");
        }
    }

    private static TimeSpan StatusInterval(MainConfiguration main) =>
        main.StatusUpdateInterval > TimeSpan.Zero ? main.StatusUpdateInterval : LookAgain;

    private static TimeSpan RetentionInterval(MainConfiguration main) =>
        main.Retention.UpdateInterval > TimeSpan.Zero ? main.Retention.UpdateInterval : TimeSpan.FromDays(1);

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>What is asked of it.</summary>
    /// <param name="Main">What to go by; null: the state is to be saved.</param>
    private readonly record struct Request(MainConfiguration? Main);
}
