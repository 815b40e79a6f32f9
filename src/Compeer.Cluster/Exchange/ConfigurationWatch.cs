using System.Collections.Immutable;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Knows by whose configuration the checks run while not all nodes have the same, and what is checked by nobody, because only a
/// configuration that is not in force has it: a node compares its own objects with those in force, which it asks a neighbour for, and
/// says in its report what came of it.
/// </summary>
internal sealed class ConfigurationWatch(ClusterContext context, LinkTable links, ReportStore reports)
{
    /// <summary>Objects in force that are compared with; of more only the number is.</summary>
    public const int MaxObjects = 4_000_000;

    /// <summary>A difference is told when it has stood so long: a reload everywhere is none.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two lines.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly HashSet<ulong> _inForce = [];
    private ClusterView _view = ClusterView.Empty;
    private ObjectKeys? _keys;
    private (LinkId Link, string Hash)? _asked;
    private (string Hash, long Generation)? _compared;
    private string _said = "";
    private TimeSpan _changedAt;
    private TimeSpan _saidAt = TimeSpan.MinValue;

    /// <summary>What of this node's configuration nobody checks.</summary>
    public UncheckedObjects Unchecked { get; private set; } = UncheckedObjects.None;

    /// <summary>The numbers of those objects, ascending, as far as they are known one by one.</summary>
    public ImmutableArray<int> Nobodys { get; private set; } = [];

    /// <summary>Who runs what by whose configuration, and how to end it; empty when all have the same.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake => Text == _said ? TimeSpan.MaxValue : Later(_changedAt + Settling, _saidAt);

    /// <summary>Takes up a view of this node's group.</summary>
    public void Follow(ClusterView view, ObjectKeys keys)
    {
        (_view, _keys) = (view, keys);
        if (view.InForce is not { } inForce || inForce.Hash == context.Version.Hash)
        {
            (_asked, _compared, Nobodys, Unchecked) = (null, null, [], UncheckedObjects.None);
        }
        else if (_compared != (inForce.Hash, context.Generation))
        {
            (_compared, Nobodys) = (null, []);
            Unchecked = Estimate(keys.Count, inForce.Hash);
            Ask(inForce.Hash);
        }

        Compose();
    }

    /// <summary>A neighbour wants to know which objects there are.</summary>
    public void Answer(Link link, LinkFrame.ObjectsRequest request)
    {
        if (request.Hash != context.Version.Hash || _keys is not { } keys)
        {
            return;
        }

        var first = 0;
        do
        {
            var end = Math.Min(keys.Count, first + ProtocolLimits.MaxObjectsInFrame);
            context.Send(link.Id, new LinkFrame.Objects(
                request.Hash, [.. Enumerable.Range(first, end - first).Select(keys.HashOf)], More: end < keys.Count));
            first = end;
        }
        while (first < keys.Count);
    }

    /// <summary>A part of the objects in force came.</summary>
    public void Take(Link link, LinkFrame.Objects part)
    {
        if (_asked != (link.Id, part.Hash) || _keys is not { } keys || _inForce.Count + part.Keys.Length > MaxObjects)
        {
            return;
        }

        _inForce.UnionWith(part.Keys);
        if (!part.More)
        {
            Nobodys = [.. Enumerable.Range(0, keys.Count).Where(index => !_inForce.Contains(keys.HashOf(index)))];
            Unchecked = new UncheckedObjects(
                Nobodys.Length,
                IsExact: true,
                [.. Nobodys.Take(UncheckedObjects.MaxNames).Select(index => UncheckedObjects.NameOf(keys.KeyOf(index).Span))])
            {
                Hosts = Nobodys.Count(index => UncheckedObjects.IsHost(keys.KeyOf(index).Span)),
            };
            _compared = (part.Hash, context.Generation);
            Forget();
            Compose();
        }
    }

    /// <summary>Says what has changed, when it has stood for long enough.</summary>
    public void Advance()
    {
        if (NextWake > context.Monotonic)
        {
            return;
        }

        (_said, _saidAt) = (Text, context.Monotonic + Pause);
        if (Text.Length > 0)
        {
            context.Notice(NoticeLevel.Warning, Text);
        }
        else
        {
            context.Notice(NoticeLevel.Information, "all nodes have the same configuration again");
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>What is known without having compared: by the numbers of objects, or by what another with the same files found.</summary>
    private UncheckedObjects Estimate(int own, string inForce)
    {
        var same = _view.Component.FirstOrDefault(report => report.Node != context.Self
            && report.Configuration.Hash == context.Version.Hash && report.Unchecked.IsExact && report.Unchecked.Number > 0);
        var theirs = _view.Component.Where(report => report.Configuration.Hash == inForce).Max(report => report.Objects);
        return same is null
            ? new UncheckedObjects(Math.Max(0, own - theirs), IsExact: false, [])
            : same.Unchecked with { IsExact = false };
    }

    private void Ask(string hash)
    {
        if (_asked is { } asked && asked.Hash == hash && links.Find(asked.Link) is not null)
        {
            return;
        }

        Forget();
        if (links.PeerLinks().FirstOrDefault(link => link.Hello!.Capabilities.HasFlag(Capabilities.Objects)
            && reports.Find(link.Neighbour.Config.Id)?.Configuration.Hash == hash) is { } next)
        {
            _asked = (next.Id, hash);
            context.Send(next.Id, new LinkFrame.ObjectsRequest(hash));
        }
    }

    private void Forget()
    {
        _asked = null;
        _inForce.Clear();
        _inForce.TrimExcess();
    }

    private void Compose()
    {
        var before = Text;
        Text = new ConfigurationWords(links, context.Self, _keys!.Count, Unchecked).Describe(_view);
        _changedAt = Text == before ? _changedAt : context.Monotonic;
    }
}
