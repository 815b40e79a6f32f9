using System.Diagnostics.CodeAnalysis;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Daemon.Platform;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// What a start does for a hundred thousand objects, done for two in memory, on a thread of its own while the files are read: the runtime
/// compiles what it has to compile then, and not when the first checks wait for it. Possible because a <see cref="MonitoringPeer"/> is
/// pure: nothing that is played here is seen by anybody.
/// </summary>
internal sealed class Rehearsal : IRoundSource
{
    private const int MostRounds = 1_000;

    private static readonly SourceFile Main = new("rehearsal.cfg", "cfg_file=objects.cfg\ninterval_length=1\n"u8.ToArray());

    private static readonly SourceFile Objects = new("objects.cfg", """
        define command {
          command_name  probe
          command_line  probe
        }
        define contact {
          contact_name  nobody
          host_notification_commands     probe
          service_notification_commands  probe
        }
        define host {
          host_name           h
          check_command       probe
          max_check_attempts  1
          check_interval      10
          contacts            nobody
        }
        define service {
          host_name            h
          service_description  s
          check_command        probe
          max_check_attempts   1
          check_interval       10
          contacts             nobody
        }
        """u8.ToArray());

    private static readonly byte[] Output = "OK"u8.ToArray();

    private readonly Queue<PeerInput> _inputs = [];
    private TimeSpan _time = TimeSpan.FromDays(1);

    private Rehearsal()
    {
    }

    /// <inheritdoc/>
    public Instant Now => new(_time, DateTimeOffset.UnixEpoch.AddYears(50) + _time);

    /// <summary>Plays it beside everything else. Not on the thread pool, whose few threads read the files meanwhile.</summary>
    public static void Begin() => Task.Factory
        .StartNew(Play, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .ContinueWith(
            played => StandardError.Write($"mond: the start could not be rehearsed: {played.Exception?.InnerException?.Message}"),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);

    /// <summary>Plays a start with stored states, until each object was checked.</summary>
    /// <returns>How many checks were started, and of how many objects a result was taken.</returns>
    public static (int Started, int Taken) Play()
    {
        var main = MainConfigurationReader.Read(Main, []).Configuration!;
        var objects = ObjectConfigurationCompiler.Compile(main, [Objects], []).Configuration!;
        var configuration = new PeerConfiguration(main, objects, ZoneRules.Utc, ConfigurationVersion.Unnumbered("rehearsal"));
        var options = new ClusterOptions { Self = new NodeId(0, 1), Incarnation = 1, KeepsValues = true };
        return new Rehearsal().Play(new MonitoringPeer(configuration, options));
    }

    /// <inheritdoc/>
    public bool TryTake([NotNullWhen(true)] out PeerInput? input) => _inputs.TryDequeue(out input);

    private (int Started, int Taken) Play(MonitoringPeer peer)
    {
        peer.Load(Now, new StoredValues([Stored("h", 1), Stored("h\ns", 2)], []));
        peer.EngineSnapshot(Now);
        var round = new PeerRound(peer);
        _inputs.Enqueue(new PeerInput.View());
        _inputs.Enqueue(new PeerInput.Neighbours([]));
        var started = 0;
        for (var rounds = 0; rounds < MostRounds && started < 2; rounds++)
        {
            foreach (var effect in round.Run(this))
            {
                if (effect is PeerEffect.StartCheck start)
                {
                    started++;
                    _inputs.Enqueue(ResultOf(start.Check));
                }
            }

            _time += round.WaitFrom(Now);
        }

        round.Run(this);
        return (started, Enumerable.Range(0, 2).Count(id => peer.StateOf(new CheckableId(id)).OutputLength == Output.Length));
    }

    private PeerInput.CheckCompleted ResultOf(in CheckToRun check) => new(
        check.Id,
        new CheckResult(CheckOutcome.Exited, 0, Output, default, default, Now.Wall, TimeSpan.Zero) { Run = check.Run });

    private static Update Stored(string key, int number) => new(
        new NodeId(0, 1),
        number,
        (ulong)number,
        RegisterKind.CheckState,
        ConfigurationText.Encode(key),
        CheckStateCodec.Encode(CheckState.Pending(0) with { HasBeenChecked = true, LastCheckTicks = number }));
}
