using System.Globalization;
using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>
/// Finds the notifications that two nodes sent because they could not see each other. What this node sends while another is not active
/// is remembered; when the history of that one comes and has the same, people were told twice, which the log says then.
/// </summary>
internal sealed class DoubledNotifications(ClusterMachine cluster)
{
    /// <summary>Notifications remembered; beyond that the oldest are forgotten.</summary>
    private const int Most = 10_000;

    private readonly Dictionary<string, List<Sending>> _sent = [];
    private readonly Queue<(string Topic, Sending Sending)> _order = [];

    /// <summary>This node tells a contact something; the line that its log has of it.</summary>
    public void Sent(LogEntry line)
    {
        var away = cluster.Neighbours.Away;
        if (away.Count == 0 || TopicOf(line) is not { } topic)
        {
            return;
        }

        if (!_sent.TryGetValue(topic, out var sendings))
        {
            _sent.Add(topic, sendings = []);
        }

        Sending sending = new(line.At, away);
        sendings.Add(sending);
        _order.Enqueue((topic, sending));
        if (_order.Count > Most)
        {
            var oldest = _order.Dequeue();
            Forget(oldest.Topic, oldest.Sending);
        }
    }

    /// <summary>Another node told a contact something.</summary>
    /// <returns>What is to be said: this one had told it too, without knowing of that; null when it had not.</returns>
    public string? Heard(NodeId node, LogEntry line)
    {
        if (TopicOf(line) is not { } topic || !_sent.TryGetValue(topic, out var sendings))
        {
            return null;
        }

        if (sendings.Find(sending => sending.Away.Contains(node) || !cluster.Neighbours.Has(node)) is not { } here)
        {
            return null;
        }

        Forget(topic, here);
        var fields = topic.Split(": ", 2)[1].Split(';');
        var subject = string.Join(';', fields[1..^1]);
        var (name, seconds) = (cluster.Neighbours.NameOf(node), line.At.ToUnixTimeSeconds());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{fields[0]} was told twice about {subject} ({fields[^1]}): by this node at [{here.At.ToUnixTimeSeconds()}] and by {name} at "
            + $"[{seconds}], as the two could not see each other");
    }

    private void Forget(string topic, Sending sending)
    {
        if (_sent.TryGetValue(topic, out var sendings) && sendings.Remove(sending) && sendings.Count == 0)
        {
            _sent.Remove(topic);
        }
    }

    /// <summary>Who is told what: the line up to the state, <c>SERVICE NOTIFICATION: contact;host;service;CRITICAL</c>.</summary>
    private static string? TopicOf(LogEntry line)
    {
        var text = Encoding.UTF8.GetString(line.Text.Span);
        var left = text.StartsWith("HOST NOTIFICATION: ", StringComparison.Ordinal) ? 3
            : text.StartsWith("SERVICE NOTIFICATION: ", StringComparison.Ordinal) ? 4 : 0;
        for (var place = 0; left > 0 && place < text.Length; place++)
        {
            if (text[place] == ';' && --left == 0)
            {
                return text[..place];
            }
        }

        return null;
    }

    private sealed record Sending(DateTimeOffset At, IReadOnlyList<NodeId> Away);
}
