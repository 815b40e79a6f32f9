using System.Collections.Immutable;
using System.Globalization;
using Compeer.Cluster.Model;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// Counts what a peer did not take, by its reason, and says so in the log: the first of a kind at once, and what comes after it
/// in one line a minute for as long as it goes on.
/// </summary>
internal sealed class RefusalCounters
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Counter[] _counters = [.. Enum.GetValues<RefusalReason>().Select(reason => new Counter(reason))];

    /// <summary>How many of each there were since the start.</summary>
    public ImmutableDictionary<RefusalReason, long> Totals =>
        _counters.ToImmutableDictionary(counter => counter.Reason, counter => counter.Total);

    public void Add(RefusalReason reason) => _counters[reason - RefusalReason.ResultNotAwaited].Total++;

    /// <summary>Adds the lines that are due.</summary>
    public void Report(Instant now, RoundOutbox outbox)
    {
        foreach (var counter in _counters)
        {
            if (counter.Total > counter.Said && now.Monotonic >= counter.NextLine)
            {
                outbox.Add(LineOf(counter.Reason, counter.Total - counter.Said));
                counter.Said = counter.Total;
                counter.NextLine = now.Monotonic + Window;
            }
        }
    }

    private static PeerEffect.Notify LineOf(RefusalReason reason, long count)
    {
        // Those of results follow of what the log has told already: a pause of this node, a reload.
        (var level, var text) = reason switch
        {
            RefusalReason.ResultNotAwaited => (NoticeLevel.Information, "results of checks not taken: they are not awaited any more"),
            RefusalReason.ResultSuperseded => (NoticeLevel.Information, "results of checks not taken: a newer run is under way"),
            RefusalReason.ResultOfRemovedObject => (
                NoticeLevel.Information, "results of checks not taken: the configuration does not have their objects any more"),
            RefusalReason.ResultOvertaken => (
                NoticeLevel.Information, "results of checks not taken: another node took their objects over and has newer ones"),
            RefusalReason.ResultNotNeeded => (
                NoticeLevel.Information, "results of checks of stale objects not taken: others came meanwhile"),
            RefusalReason.StateUnreadable => (
                NoticeLevel.Warning, "states from other nodes not taken: this version cannot read them; does every node run the same?"),
            RefusalReason.RequestUnreadable => (
                NoticeLevel.Warning, "requests from other nodes not taken: this version cannot read them; does every node run the same?"),
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such reason"),
        };
        return new PeerEffect.Notify(level, string.Create(CultureInfo.InvariantCulture, $"{count} {text}"));
    }

    private sealed class Counter(RefusalReason reason)
    {
        public RefusalReason Reason { get; } = reason;

        public long Total { get; set; }

        public long Said { get; set; }

        public TimeSpan NextLine { get; set; } = TimeSpan.MinValue;
    }

    /// <summary>Why a result was not taken.</summary>
    public static RefusalReason ReasonOf(CompletionStatus status) => status switch
    {
        CompletionStatus.NotRunning => RefusalReason.ResultNotAwaited,
        CompletionStatus.Superseded => RefusalReason.ResultSuperseded,
        CompletionStatus.Removed => RefusalReason.ResultOfRemovedObject,
        CompletionStatus.Overtaken => RefusalReason.ResultNotNeeded,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no reason to refuse a result"),
    };
}
