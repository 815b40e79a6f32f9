using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Livestatus.Scope;

/// <summary>The comments, downtimes and acknowledgements of a snapshot by their objects, in the order of their ids.</summary>
internal sealed class EntryIndex(EngineSnapshot snapshot)
{
    private readonly Lazy<ILookup<ObjectName, Comment>> _comments = new(() => ByObject(snapshot.Comments.Values));
    private readonly Lazy<ILookup<ObjectName, Downtime>> _downtimes = new(() => ByObject(snapshot.Downtimes.Values));
    private readonly Lazy<ILookup<ObjectName, Acknowledgement>> _acknowledgements =
        new(() => ByObject(snapshot.Acknowledgements.Values));

    /// <summary>All comments.</summary>
    public IEnumerable<Comment> Comments => snapshot.Comments.Values.OrderBy(comment => comment.Id);

    /// <summary>All downtimes.</summary>
    public IEnumerable<Downtime> Downtimes => snapshot.Downtimes.Values.OrderBy(downtime => downtime.Id);

    /// <summary>The comments on an object.</summary>
    public IEnumerable<Comment> CommentsOf(CheckableDefinition item) =>
        snapshot.Comments.IsEmpty ? [] : _comments.Value[ObjectName.Of(item)];

    /// <summary>The downtimes of an object.</summary>
    public IEnumerable<Downtime> DowntimesOf(CheckableDefinition item) =>
        snapshot.Downtimes.IsEmpty ? [] : _downtimes.Value[ObjectName.Of(item)];

    /// <summary>What was acknowledged of an object.</summary>
    public IEnumerable<Acknowledgement> AcknowledgementsOf(CheckableDefinition item) =>
        snapshot.Acknowledgements.IsEmpty ? [] : _acknowledgements.Value[ObjectName.Of(item)];

    private static ILookup<ObjectName, T> ByObject<T>(IEnumerable<T> entries)
        where T : ObjectEntry => entries.OrderBy(entry => entry.Id).ToLookup(entry => entry.Object);
}
