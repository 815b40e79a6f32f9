using System.Globalization;
using System.Text;
using Compeer.Cluster;
using Compeer.Daemon.Log;
using Compeer.Execution.Processes;

namespace Compeer.Daemon.Nodes;

/// <summary>
/// Runs <c>cluster_update</c> when merlin.conf here does not fit those of the others, so that it may mend it. Merlin runs it at every
/// connection that another node refuses for that reason, with the same limit of 60 s.
/// </summary>
/// <param name="nodes">merlin.conf.</param>
/// <param name="look">Gives a view of the cluster.</param>
/// <param name="run">Runs a command line, with a time limit; null when too much is being run.</param>
/// <param name="log">Says why it is run, and what came of it.</param>
/// <param name="clock">The clock.</param>
internal sealed class ClusterUpdate(
    NodeDirectory nodes,
    Func<CancellationToken, Task<ClusterSnapshot>> look,
    Func<ReadOnlyMemory<byte>, TimeSpan, Task<PluginResult>?> run,
    DaemonLog log,
    TimeProvider clock)
    : IAsyncDisposable
{
    /// <summary>Nodes are named at one node after the other: what is wrong must have stood for so long.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>The time between the first run and the second; doubled at each that does not help, up to an hour.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of its output that go into the log.</summary>
    private const int MostSaid = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly RepeatedLook _looks = new(Interval, clock);
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan? _wrongSince;
    private TimeSpan _notBefore;
    private TimeSpan _pause = FirstPause;

    /// <summary>Begins to look.</summary>
    public void Start() => _looks.Start(LookAsync);

    /// <summary>Looks whether merlin.conf fits, and runs the command when it has not for long enough.</summary>
    public async Task LookAsync()
    {
        if (nodes.Current.Configuration.Module.ClusterUpdate is not { } command
            || await look(_looks.Stopping).ConfigureAwait(false) is not { OwnTierFault: { Length: > 0 } fault })
        {
            (_wrongSince, _notBefore, _pause) = (null, TimeSpan.Zero, FirstPause);
            return;
        }

        var now = clock.GetElapsedTime(_started);
        _wrongSince ??= now;
        if (now < _wrongSince + Settling || now < _notBefore || run(Encoding.UTF8.GetBytes(command), Limit) is not { } running)
        {
            return;
        }

        log.Warning($"{fault}: running cluster_update");
        Tell(await running.WaitAsync(_looks.Stopping).ConfigureAwait(false));
        _notBefore = clock.GetElapsedTime(_started) + _pause;
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _looks.DisposeAsync();

    private void Tell(PluginResult result)
    {
        var said = result.StandardError.IsEmpty ? result.StandardOutput : result.StandardError;
        var text = Encoding.UTF8.GetString(said.Span[..Math.Min(said.Length, MostSaid)]).Trim();
        var words = text.Length == 0 ? "" : $": {text}";
        if (result is { Outcome: PluginOutcome.Exited, Code: 0 })
        {
            log.Information($"cluster_update is done{words}");
            return;
        }

        var end = result.Outcome switch
        {
            PluginOutcome.Exited => string.Create(CultureInfo.InvariantCulture, $"ended with code {result.Code}"),
            PluginOutcome.Signalled => string.Create(CultureInfo.InvariantCulture, $"was ended by signal {result.Code}"),
            PluginOutcome.TimedOut => string.Create(CultureInfo.InvariantCulture, $"ran for more than {Limit.TotalSeconds:0} s"),
            _ => "could not be started",
        };
        log.Error($"cluster_update {end}{words}");
    }
}
