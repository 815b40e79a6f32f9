using System.Globalization;
using System.Text;
using Compeer.Engine.Events;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// What the logs tell: in the end each peer's log has what happened at any of them, each once, whoever crashed or could not be reached
/// meanwhile. Only what a peer wrote in the last moment before it crashed may be missing elsewhere, and what it wrote since the backup that
/// was put back, or since the write before one that its disk lost. What two peers of a split did in one second in the same words is two
/// lines, but one in the log of a peer that was started anew before they met: there it cannot tell the other's from its own.
/// </summary>
internal sealed class HistoryChecker(SimulatedCluster cluster)
{
    /// <summary>By then others or the database have what a peer wrote.</summary>
    private static readonly TimeSpan TimeToKeep = TimeSpan.FromSeconds(2);

    /// <summary>How many lines were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Null, or which line a log has not, or more often than another.</summary>
    public string? WhyNotEqual()
    {
        // A poller does not tell what happens at its masters. Between clocks that differ nobody can say what was before the first
        // start of another.
        if (cluster.Peers.Any(
            peer => peer.Group is not null || peer.Disguise is not null || peer.IsOutcast || peer.WasClockWrong))
        {
            return null;
        }

        var since = SimulatedSite.Origin + cluster.Peers.Max(peer => peer.FirstStart ?? TimeSpan.Zero) + TimeSpan.FromSeconds(5);
        var logs = cluster.Peers.Select(peer => (Peer: peer, Lines: Shown(peer, since))).ToList();
        Compared = 0;
        foreach (var line in logs.SelectMany(log => log.Lines.Keys).Distinct())
        {
            var counts = logs.ConvertAll(log => log.Lines.GetValueOrDefault(line)?.Count ?? 0);
            Compared++;
            if (counts.Distinct().Count() > 1 && !logs.Exists(log => log.Lines.TryGetValue(line, out var times)
                && times.Exists(at => log.Peer.Deaths.Exists(death => death >= at && death - at < TimeToKeep)))
                && !IsTheSame(logs.ConvertAll(log => log.Peer), line, counts)
                && !(counts.Max() == 1 && logs.TrueForAll(log => IsForgotten(log.Peer, log.Lines.GetValueOrDefault(line)))))
            {
                return $"{line} is in the logs of "
                    + string.Join(", ", logs.Select((log, index) => $"{log.Peer.Name} {counts[index]} times"));
            }
        }

        return null;
    }

    /// <summary>Whether a line is there twice only where no peer had it in its log when it was started.</summary>
    private static bool IsTheSame(List<SimulatedPeer> peers, string line, List<int> counts) => counts.Min() == 1 && counts.Max() == 2
        && peers.Zip(counts).All(log => log.Second == 2 || log.First.Remembered.Exists(entry => Shown(entry) == line));

    /// <summary>Whether a log has a line only of a time that its peer does not remember, or has it not at all.</summary>
    private static bool IsForgotten(SimulatedPeer peer, List<TimeSpan>? times) =>
        times?.TrueForAll(at => peer.Forgotten.Exists(lost => at > lost.From - TimeToKeep && at <= lost.To)) ?? true;

    private static string Shown(LogEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"[{entry.At.ToUnixTimeSeconds()}] {Encoding.UTF8.GetString(entry.Text.Span)}");

    private Dictionary<string, List<TimeSpan>> Shown(SimulatedPeer peer, DateTimeOffset since)
    {
        var shown = new Dictionary<string, List<TimeSpan>>();
        foreach (var (entry, at) in peer.LogLines.Where(line => line.Entry.At >= since))
        {
            var text = Encoding.UTF8.GetString(entry.Text.Span);
            if (text.Contains(" ALERT: ", StringComparison.Ordinal) || text.Contains(" NOTIFICATION: ", StringComparison.Ordinal)
                || text.StartsWith("EXTERNAL COMMAND: ", StringComparison.Ordinal))
            {
                var line = Shown(entry);
                var times = shown.TryGetValue(line, out var known) ? known : shown[line] = [];
                times.Add(at);
                if (cluster.Planted == PlantedFault.LineTwice && peer.Index == 1)
                {
                    times.Add(at);
                }
            }
        }

        if (cluster.Planted == PlantedFault.LineHidden && peer.Index == 0)
        {
            shown.Clear();
        }

        return shown;
    }
}
