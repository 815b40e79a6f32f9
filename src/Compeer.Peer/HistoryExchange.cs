using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>
/// Brings what happened here to the logs of all nodes, and what happened elsewhere to the log of this one: each once, with the time at
/// which it happened, in the order in which it happened at its node.
/// </summary>
internal sealed class HistoryExchange(MonitoringEngine engine, ClusterMachine cluster, RoundOutbox outbox, ClusterEffects effects)
{
    /// <summary>The longest entry; a longer one goes without all of its event.</summary>
    private const int LongestEntry = 30_000;

    /// <summary>By then a neighbour that this node has met has given it what it has not.</summary>
    private static readonly TimeSpan TimeToTell = TimeSpan.FromSeconds(20);

    private readonly DoubledNotifications _doubled = new(cluster);
    private LogTail _tail = new();
    private long _marked;
    private Instant? _metAt;
    private DateTimeOffset _since = DateTimeOffset.MaxValue;

    /// <summary>Lines that the log had got when the last run ended, after the place that the database knows of.</summary>
    public void Remember(LogTail tail) => _tail = tail;

    /// <summary>A round begins. What happened before the first round of the first run, or of this one when nothing outlives a run, is not
    /// told of here.</summary>
    public void BeginRound(Instant now)
    {
        if (_since == DateTimeOffset.MaxValue)
        {
            _since = cluster.Storage.KeepsStreamsSince(now.Wall);
        }
    }

    /// <summary>Gives the other nodes what the log of this one tells.</summary>
    public void Write(Instant now, Transition transition)
    {
        foreach (var mark in transition.History)
        {
            var happened = transition.Events[mark.Event];
            var line = transition.Log[mark.Line];
            var codec = new MonitoringEventCodec(engine.Configuration);
            HistoryEntry entry = new(happened.Kind, line, codec.Encode(happened));
            cluster.Append(now.ForCluster, StreamKind.History, HistoryEntryCodec.Encode(entry, LongestEntry), effects);
            if (happened.Kind == EventKind.ContactNotified)
            {
                _doubled.Sent(line);
            }
        }
    }

    /// <summary>An entry came that was not here.</summary>
    /// <returns>False when its bytes mean nothing to this version.</returns>
    public bool Take(Instant now, ClusterEffect.Entered entered)
    {
        if (entered.Stream.Kind != StreamKind.History)
        {
            // The cluster keeps it for those that know its kind.
            return true;
        }

        if (HistoryEntryCodec.Decode(entered.Entry.Payload.Span) is not { } entry)
        {
            return false;
        }

        var at = entry.Line.At.UtcTicks - cluster.Neighbours.ClockAhead(entered.Stream.Origin).Ticks;
        if (at < _since.UtcTicks || cluster.Neighbours.IsMaster(entered.Stream.Origin)
            || _tail.Remove(entry.Line.At.ToUnixTimeSeconds(), entry.Line.Text.Span))
        {
            return true;
        }

        outbox.Add(new PeerEffect.WriteLog(entry.Line));
        if (entry.Kind == EventKind.ContactNotified && _doubled.Heard(entered.Stream.Origin, entry.Line) is { } warning)
        {
            outbox.Add(new PeerEffect.Notify(NoticeLevel.Warning, warning));
        }

        return true;
    }

    /// <summary>At the end of a round: asks how far the log is, when that is to be noted down.</summary>
    public void EndRound()
    {
        if (cluster.Storage.Arrived is var arrived && arrived > _marked)
        {
            outbox.Add(new PeerEffect.MarkLog(arrived));
            _marked = arrived;
        }
    }

    /// <summary>The log has all lines up to a mark. While lines of the last run may be told of again, the place that the last run noted
    /// down stays: the run after this one is to find them, too.</summary>
    public void Logged(Instant now, long mark, LogPosition position)
    {
        _metAt ??= _tail.IsEmpty || !cluster.Neighbours.IsAnyActive ? null : now;
        var mayCome = !_tail.IsEmpty && cluster.Neighbours.IsAny && (_metAt is not { } met || now.Monotonic - met.Monotonic < TimeToTell);
        cluster.Storage.Told(now.ForCluster, mark, mayCome ? null : position, effects);
    }
}
