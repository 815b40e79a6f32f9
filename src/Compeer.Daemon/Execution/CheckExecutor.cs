using Compeer.Daemon.Platform;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Execution.Processes;
using Compeer.Peer;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Execution;

/// <summary>Runs the checks and the other commands that the engine asks for and brings their results back to the loop.</summary>
internal sealed class CheckExecutor : IDisposable
{
    /// <summary>How Naemon words the output of a plugin that wrote to standard error only.</summary>
    private static readonly byte[] StandardErrorPrefix = "(No output on stdout) stderr: "u8.ToArray();

    /// <summary>Objects are fewer than 2^26; the other 37 bits last for a thousand runs a second for four years. The index is that
    /// of the configuration in which the check was started; the engine goes by the run.</summary>
    private const int IndexBits = 26;

    private const long IndexMask = (1L << IndexBits) - 1;

    private readonly PluginRunner _runner;
    private readonly Action<PeerInput> _post;
    private readonly RunningCommands _commands = new();
    private readonly RunningTests _tests = new();
    private readonly RunnerLog _log;
    private string? _timeZone;
    private long _started;
    private int _hosts;

    /// <exception cref="StartupException">The system does not have what running plugins needs.</exception>
    public CheckExecutor(PeerConfiguration configuration, TimeProvider timeProvider, Action<PeerInput> post, RunnerLog log)
    {
        _post = post;
        _log = log;
        _timeZone = configuration.Main.TimeZone;
        _hosts = configuration.Objects.Hosts.Length;
        var options = new PluginRunnerOptions
        {
            MaxConcurrent = configuration.Main.MaxConcurrentChecks,
            Environment = EnvironmentOf(_timeZone),
        };
        try
        {
            _runner = new PluginRunner(options, timeProvider, Completed, log.Write);
        }
        catch (SystemErrorException exception)
        {
            throw new StartupException(exception.Message, exception);
        }
    }

    /// <summary>Called with each command that ended, on any thread; must not wait. Set before the first is run.</summary>
    public Action<CommandToRun>? Ended { get; set; }

    /// <summary>Checks and other commands that were given to be run since the start.</summary>
    public long Started => Interlocked.Read(ref _started);

    /// <summary>How running plugins fares.</summary>
    public RunnerStatus Status => _runner.Status;

    /// <summary>Takes up another configuration: <c>max_concurrent_checks</c>, <c>use_timezone</c>, and which objects are hosts. On the
    /// loop, between the checks of the one and those of the other.</summary>
    public void Follow(PeerConfiguration configuration)
    {
        _hosts = configuration.Objects.Hosts.Length;
        _runner.ChangeMaxConcurrent(configuration.Main.MaxConcurrentChecks);
        if (_timeZone != configuration.Main.TimeZone)
        {
            _timeZone = configuration.Main.TimeZone;
            _runner.ChangeEnvironment(EnvironmentOf(_timeZone));
        }
    }

    /// <summary>Never blocks: above the limit of its lane a check waits. On the loop.</summary>
    public void Start(in CheckToRun check)
    {
        Interlocked.Increment(ref _started);
        _runner.Start(new PluginRequest(TokenOf(check), check.CommandLine, check.Timeout, LaneOf(check.Id))
        {
            Environment = check.Environment,
        });
    }

    /// <summary>A check was given out so long ago, and should have come back: says that it is lost unless it waits for its turn, or for
    /// something that this machine lacks. On the loop.</summary>
    public void LookFor(in DoubtfulCheck check)
    {
        var status = _runner.Status;
        var lane = LaneOf(check.Id) == Lane.Hosts ? status.Hosts : status.Services;
        var mayWait = lane.Waiting > 0 && lane.OldestWait >= check.Age - TimeSpan.FromSeconds(1);
        if (!mayWait && status is { StartsHanging: 0, StartsHeld: 0, Shortage: 0 })
        {
            _post(new PeerInput.CheckLost(check.Id, check.Run));
        }
    }

    /// <summary>The same for another command, in its own lane. One that follows every result is left out where very many of its kind
    /// wait already. Any thread.</summary>
    public void Run(CommandToRun command)
    {
        if (!_commands.HasRoom(command.Kind))
        {
            _log.CommandsLeftOut(_commands.Refuse());
            return;
        }

        Interlocked.Increment(ref _started);
        _runner.Start(new PluginRequest(
            _commands.Add(command), command.CommandLine, command.Timeout, RunningCommands.LaneOf(command.Kind))
        {
            Environment = command.Environment,
        });
    }

    /// <inheritdoc cref="RunOnceAsync"/>
    public Task<PluginResult>? TestAsync(in CheckToRun check) => RunOnceAsync(check.CommandLine, check.Timeout, check.Environment);

    /// <summary>Runs a command once for its output, in the lane of event handlers: hanging checks do not keep it waiting. Any thread.
    /// </summary>
    /// <returns>What came of it; null when <see cref="RunningTests.Most"/> run already.</returns>
    /// <exception cref="OperationCanceledException">The daemon stops.</exception>
    public Task<PluginResult>? RunOnceAsync(
        ReadOnlyMemory<byte> commandLine, TimeSpan timeout, ReadOnlyMemory<byte> environment = default)
    {
        if (_tests.Add() is not var (number, result))
        {
            return null;
        }

        Interlocked.Increment(ref _started);
        _runner.Start(new PluginRequest(number, commandLine, timeout, Lane.Handlers) { Environment = environment });
        return result;
    }

    /// <summary>What people are to read of a plugin's output.</summary>
    public static ReadOnlyMemory<byte> TextOf(PluginResult result)
    {
        if (!result.StandardOutput.IsEmpty || result.StandardError.IsEmpty)
        {
            return result.StandardOutput;
        }

        var text = new byte[StandardErrorPrefix.Length + result.StandardError.Length];
        StandardErrorPrefix.CopyTo(text, 0);
        result.StandardError.CopyTo(text.AsMemory(StandardErrorPrefix.Length));
        return text;
    }

    /// <summary>Kills what is running; no result comes afterwards.</summary>
    public void Dispose()
    {
        _runner.Dispose();
        _tests.End();
    }

    private Lane LaneOf(CheckableId id) => id.Index < _hosts ? Lane.Hosts : Lane.Services;

    private void Completed(PluginResult result)
    {
        if (_tests.TryEnd(result))
        {
            return;
        }

        if (_commands.TryEnd(result.Token, out var command))
        {
            Ended?.Invoke(command);
            _post(new PeerInput.CommandEnded(command, new CommandResult(
                OutcomeOf(result.Outcome), result.Code, result.StandardOutput, result.StandardError, result.Duration)));
            return;
        }

        var output = PluginOutput.Parse(TextOf(result));
        _post(new PeerInput.CheckCompleted(
            new CheckableId((int)(result.Token & IndexMask)),
            new CheckResult(
                OutcomeOf(result.Outcome),
                result.Code,
                output.Output,
                output.LongOutput,
                output.PerformanceData,
                result.StartedAt,
                result.Duration)
            {
                Run = new RunId(result.Token >> IndexBits),
            }));
    }

    /// <summary>As Naemon: <c>use_timezone</c> is what plugins have in <c>TZ</c>.</summary>
    private static IReadOnlyDictionary<string, string> EnvironmentOf(string? timeZone)
    {
        var inherited = PluginEnvironment.Inherited();
        return timeZone is null ? inherited : new Dictionary<string, string>(inherited, StringComparer.Ordinal) { ["TZ"] = timeZone };
    }

    /// <summary>The run's number and the object's index in the one number that the runner gives back.</summary>
    private static long TokenOf(in CheckToRun check) => (check.Run.Number << IndexBits) | (uint)check.Id.Index;

    private static CheckOutcome OutcomeOf(PluginOutcome outcome) => outcome switch
    {
        PluginOutcome.Exited => CheckOutcome.Exited,
        PluginOutcome.Signalled => CheckOutcome.Signalled,
        PluginOutcome.TimedOut => CheckOutcome.TimedOut,
        PluginOutcome.NotStarted => CheckOutcome.NotStarted,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
    };
}
