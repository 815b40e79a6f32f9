using System.Collections.Concurrent;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Execution.Processes;
using Compeer.Peer;

namespace Compeer.Daemon.Testing;

/// <summary>
/// Runs checks once, for their output ("test this check"): here, or at a neighbour that accepts it. What is run is the object's own
/// check command as the node that runs it has it; nothing else can be asked for. Any thread.
/// </summary>
/// <param name="loop">The peer.</param>
/// <param name="nodes">The neighbours.</param>
/// <param name="executor">Runs plugins.</param>
/// <param name="log">Says what was run for whom.</param>
internal sealed class CheckTestDesk(DaemonLoop loop, NodeDirectory nodes, CheckExecutor executor, DaemonLog log)
{
    /// <summary>How long a neighbour may take: as long as a check may, for most, and no operator waits for longer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<CheckTestAnswer>> _asked = [];
    private long _last;

    /// <summary>Tests a check where it is run, or where it is said.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="service">The service's description; null for the host itself.</param>
    /// <param name="node">What merlin.conf calls the neighbour that is to run it; null: the one that checks the object.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Where it was, and what came of it.</returns>
    /// <exception cref="OperationCanceledException">It was given up, or the daemon stops.</exception>
    public async Task<(string Node, CheckTestAnswer Answer)> TestAsync(
        string host, string? service, string? node, CancellationToken cancellation)
    {
        const string Here = "this node";
        if (node is not null)
        {
            var known = nodes.Current.Nodes.FirstOrDefault(other => other.Definition.Name == node);
            return known?.Pin is { } pin
                ? (node, await AskAsync(pin.Id, host, service, cancellation).ConfigureAwait(false))
                : (node, CheckTestAnswer.Refuse(known is null ? "merlin.conf names no such node" : known.KeyProblem));
        }

        (var problem, var owner) = await loop.ViewAsync((peer, now) => OwnerOf(peer, now, host, service), cancellation)
            .ConfigureAwait(false);
        if (problem.Length > 0)
        {
            return (Here, CheckTestAnswer.Refuse(problem));
        }

        if (owner is not { } other)
        {
            return (Here, await RunAsync(host, service, cancellation).ConfigureAwait(false));
        }

        return NameOf(other) is not { } name
            ? (other.ToString(), CheckTestAnswer.Refuse("the node that checks it is no neighbour of this one; test it at one of that"))
            : (name, await AskAsync(other, host, service, cancellation).ConfigureAwait(false));
    }

    /// <summary>Takes what neighbours want and answer: a <see cref="ClusterEffect.CheckTestAsked"/> or a
    /// <see cref="ClusterEffect.CheckTestAnswered"/>. Never waits.</summary>
    public void Post(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.CheckTestAnswered answered:
                if (_asked.TryRemove(answered.Number, out var waiting))
                {
                    waiting.TrySetResult(answered.Answer);
                }

                break;
            case ClusterEffect.CheckTestAsked asked:
                _ = Task.Run(() => ServeAsync(asked));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "not about tests");
        }
    }

    private async Task ServeAsync(ClusterEffect.CheckTestAsked asked)
    {
        var host = ConfigurationText.Decode(asked.Host.Span);
        var service = asked.Service.IsEmpty ? null : ConfigurationText.Decode(asked.Service.Span);
        var from = NameOf(asked.Neighbour) ?? asked.Neighbour.ToString();
        try
        {
            log.Information($"{from} tests the check of {NameOf(host, service)}");
            var answer = await RunAsync(host, service, CancellationToken.None).WaitAsync(LongestWait).ConfigureAwait(false);
            loop.Post(new PeerInput.Exchange(new CheckTestInput.Answer(asked.Link, asked.Number, answer)));
        }
        catch (OperationCanceledException)
        {
            // The daemon stops: its links end, and so does the other's wait.
        }
        catch (TimeoutException)
        {
            var late = CheckTestAnswer.Refuse($"its plugin did not end within {LongestWait.TotalSeconds:0} s");
            loop.Post(new PeerInput.Exchange(new CheckTestInput.Answer(asked.Link, asked.Number, late)));
        }
    }

    private async Task<CheckTestAnswer> AskAsync(NodeId node, string host, string? service, CancellationToken cancellation)
    {
        var (hostName, serviceName) = (ConfigurationText.Encode(host), ConfigurationText.Encode(service ?? ""));
        if (hostName.Length is 0 or > CheckTestInput.MaxName || serviceName.Length > CheckTestInput.MaxName)
        {
            return CheckTestAnswer.Refuse($"a name has 1 to {CheckTestInput.MaxName} bytes");
        }

        var number = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<CheckTestAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[number] = answer;
        try
        {
            loop.Post(new PeerInput.Exchange(new CheckTestInput.Ask(node, number, hostName, serviceName)));
            return await answer.Task.WaitAsync(LongestWait, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return CheckTestAnswer.Refuse($"there was no answer within {LongestWait.TotalSeconds:0} s");
        }
        finally
        {
            if (_asked.TryRemove(number, out _))
            {
                loop.Post(new PeerInput.Exchange(new CheckTestInput.GiveUp(number)));
            }
        }
    }

    private async Task<CheckTestAnswer> RunAsync(string host, string? service, CancellationToken cancellation)
    {
        var problem = "";
        var check = await loop.ViewAsync(
            (peer, now) => peer.PrepareTest(now, host, service, out problem), cancellation).ConfigureAwait(false);
        if (check is not { } run)
        {
            return CheckTestAnswer.Refuse(problem);
        }

        var timeout = run.Timeout < LongestWait ? run.Timeout : LongestWait - TimeSpan.FromSeconds(5);
        return executor.TestAsync(run with { Timeout = timeout }) is { } running
            ? AnswerOf(await running.WaitAsync(cancellation).ConfigureAwait(false))
            : CheckTestAnswer.Refuse($"{RunningTests.Most} tests of checks run already");
    }

    private static CheckTestAnswer AnswerOf(PluginResult result)
    {
        var outcome = result.Outcome switch
        {
            PluginOutcome.Exited => CheckTestOutcome.Exited,
            PluginOutcome.Signalled => CheckTestOutcome.Signalled,
            PluginOutcome.TimedOut => CheckTestOutcome.TimedOut,
            _ => CheckTestOutcome.NotStarted,
        };
        var text = CheckExecutor.TextOf(result);
        return new CheckTestAnswer(
            outcome,
            result.Code,
            text[..Math.Min(text.Length, CheckTestAnswer.MaxOutput)],
            result.StartedAt,
            result.Duration);
    }

    /// <summary>Who checks an object; nobody when this node does, or nobody does.</summary>
    private static (string Problem, NodeId? Owner) OwnerOf(MonitoringPeer peer, Instant now, string host, string? service)
    {
        // Whether there is such an object and a command for it; a node that does not check it may have other macros.
        if (peer.PrepareTest(now, host, service, out var problem) is not { } check)
        {
            return (problem, null);
        }

        var cluster = peer.ClusterSnapshot();
        var owner = check.Id.Index < cluster.Owners.Length ? cluster.Owners[check.Id.Index] : (short)-1;
        return ("", owner >= 0 && cluster.Owning[owner] != cluster.Self ? cluster.Owning[owner] : null);
    }

    private string? NameOf(NodeId node) => nodes.Current.Nodes.FirstOrDefault(known => known.Pin?.Id == node)?.Definition.Name;

    private static string NameOf(string host, string? service) => service is null
        ? ConfigurationText.Readable(host)
        : $"{ConfigurationText.Readable(host)};{ConfigurationText.Readable(service)}";
}
