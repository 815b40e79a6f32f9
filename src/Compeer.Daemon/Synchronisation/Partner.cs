using System.Collections.Immutable;
using System.Diagnostics;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Synchronisation;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Synchronisation;

/// <summary>A neighbour that files and folders are kept the same with. For one thread.</summary>
internal sealed class Partner
{
    /// <summary>What is said of a path of which nothing is known yet.</summary>
    public const string UnderWay = "under way";

    private const int ShareOfTime = 4;

    private readonly SynchronisationParts _parts;
    private readonly NodeId _id;
    private long _notBefore;
    private NodeDefinition _definition;

    /// <param name="id">Which.</param>
    /// <param name="definition">Its block in merlin.conf.</param>
    /// <param name="partFile">The part of the configuration that it gets as a poller; null for none.</param>
    /// <param name="parts">What all neighbours share.</param>
    public Partner(NodeId id, NodeDefinition definition, string? partFile, SynchronisationParts parts)
    {
        (_id, _definition, _parts) = (id, definition, parts);
        Outgoing = new Outgoing(id, parts.Scanner, parts.Records, parts.Rules, parts.OriginOf);
        Incoming = new Incoming(id, parts);
        Follow(definition, partFile);
    }

    /// <summary>What merlin.conf here calls it.</summary>
    public string Name => _definition.Name;

    public Outgoing Outgoing { get; }

    public Incoming Incoming { get; }

    /// <summary>Whether it is connected.</summary>
    public FilesPartnerState State { get; private set; }

    /// <summary>Its block in merlin.conf changed, or is looked at for the first time.</summary>
    public void Follow(NodeDefinition definition, string? partFile)
    {
        _definition = definition;
        Outgoing.Follow(partFile is null ? definition.Sync : definition.Sync.Prepend(new SyncEntry(partFile, PollerMainFile.ObjectFile)));
        Incoming.Follow(definition);
    }

    /// <summary>It came or went.</summary>
    public void Follow(FilesPartnerState state)
    {
        State = state;
        Outgoing.Forget();
        Incoming.Forget();
    }

    /// <summary>Looks at the files that it is sent, and tells it what they are.</summary>
    public void Look()
    {
        if (Outgoing.Look() is { } offers)
        {
            _parts.Loop(new FilesInput.Offer(_id, offers));
        }
    }

    /// <summary>Goes on with what it sends.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (Incoming.Advance(now) is { Count: > 0 } reports)
        {
            _parts.Loop(new FilesInput.Report(_id, reports));
        }
    }

    /// <summary>Goes on with what it sends as far as something new came of it, without looking at all files again. One that always has
    /// something new has a share of the time only.</summary>
    public void AdvanceWithNews(DateTimeOffset now)
    {
        if (Incoming.HasNews && Stopwatch.GetTimestamp() >= _notBefore)
        {
            var began = Stopwatch.GetTimestamp();
            Advance(now);
            _notBefore = Stopwatch.GetTimestamp() + (ShareOfTime * (Stopwatch.GetTimestamp() - began));
        }
    }

    /// <summary>Gives it a piece of what it is offered.</summary>
    public void Give(ClusterEffect.ReadContent read)
    {
        (long Total, byte[] Data)? piece = null;
        try
        {
            piece = Outgoing.Read(read.Hash, read.Offset, read.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next look says what is wrong with the file; to the neighbour it is not here.
        }

        _parts.Loop(new FilesInput.Read(_id, read.Link, read.Hash, read.Offset, piece?.Total, piece is { } found ? found.Data : default));
    }

    /// <summary>What is remembered of it.</summary>
    public IEnumerable<(NodeId Neighbour, string Path, bool IsSent)> Remembered() =>
    [
        .. Outgoing.Paths.Where(path => path.IsPart).Select(path => (_id, path.Entry.Path, true)),
        .. _definition.Sync.SelectMany(entry => new[] { (_id, entry.Path, true), (_id, entry.Path, false) }),
        .. _definition.SyncAccepts.Select(path => (_id, path, false)),
        .. Incoming.Paths.Where(path => path.IsAllowed).Select(path => (_id, path.Offer.Path, false)),
    ];

    /// <summary>How it stands with each path.</summary>
    public ImmutableArray<SynchronisedPathState> StateAt(DateTimeOffset now)
    {
        var states = ImmutableArray.CreateBuilder<SynchronisedPathState>();
        foreach (var path in Outgoing.Paths)
        {
            var isSame = path.Report?.Outcome == PathOutcome.Same && State == FilesPartnerState.Connected;
            path.LastSame = isSame ? now : path.LastSame;
            states.Add(new SynchronisedPathState(
                _id, true, path.Entry.Path, path.Offer?.Path ?? "", isSame && path.Problem.Length == 0, path.LastSame, TextOf(path))
            {
                WaitsForPush = path.Report?.Outcome == PathOutcome.Pushed && path.Problem.Length == 0,
            });
        }

        foreach (var path in Incoming.Paths.Where(path => path.IsAllowed))
        {
            var isSame = path.Report?.Outcome == PathOutcome.Same && State == FilesPartnerState.Connected;
            path.LastSame = isSame ? now : path.LastSame;
            states.Add(new SynchronisedPathState(_id, false, path.Offer.Path, "", isSame, path.LastSame, path.Report?.Reason ?? UnderWay));
        }

        foreach (var path in _definition.SyncAccepts.Where(accepted =>
            !Incoming.Paths.Any(path => SynchronisedPaths.IsWithin(path.Offer.Path, accepted))))
        {
            var last = _parts.Records.LastSame(_id, path, isSent: false);
            states.Add(new SynchronisedPathState(
                _id, false, path, "", false, last, StateText() ?? "the sender does not offer it"));
        }

        return states.ToImmutable();
    }

    private string TextOf(OutgoingPath path) => path.Problem.Length > 0 ? path.Problem
        : path.Offer is { Path.Length: > OfferedPath.MaxPathLength } ? "its path is too long to go over the link"
        : StateText() ?? path.Report?.Reason ?? UnderWay;

    private string? StateText() => State switch
    {
        FilesPartnerState.Away => $"{Name} is not connected",
        FilesPartnerState.Unable => $"{Name} runs a version that takes no files over the link; 'mon oconf push' brings it",
        _ => null,
    };
}
