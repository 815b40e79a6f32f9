using System.Globalization;
using Compeer.Engine.Comments;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Maintenance;

/// <summary>Adds and removes comments, by Naemon's <c>add_new_comment</c> and <c>delete_comment</c>.</summary>
internal sealed class CommentHandler(EngineState engine)
{
    private readonly ImportedEntries _imported = new(engine);

    /// <summary>Who wrote what nobody wrote (Naemon).</summary>
    public const string Program = "(Naemon Process)";

    /// <summary>Whether there is room for so many more; else why not.</summary>
    public string? Refusal(int count) => engine.Site.Comments.All.Count + count > EngineLimits.Comments
        ? $"there would be more than {EngineLimits.Comments} comments"
        : null;

    /// <summary>Adds a comment, here and at every node.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="kind">Where it comes from.</param>
    /// <param name="entry">When it was made.</param>
    /// <param name="author">Who made it.</param>
    /// <param name="text">The text.</param>
    /// <param name="isPersistent">Whether it outlives its acknowledgement.</param>
    /// <param name="expiresTicks">See <see cref="Comment.ExpiresTicks"/>.</param>
    /// <param name="transition">What follows.</param>
    /// <returns>Its id.</returns>
    public EntryId Add(
        EngineTime now,
        CheckableId id,
        CommentKind kind,
        DateTimeOffset entry,
        string author,
        string text,
        bool isPersistent,
        long expiresTicks,
        Transition transition)
    {
        var site = engine.Site;
        var comment = new Comment
        {
            Id = engine.Numbers.NextComment(site),
            Object = ObjectName.Of(site.Table[id]),
            EntryTicks = entry.UtcTicks,
            Author = author,
            Text = text,
            Kind = kind,
            IsPersistent = isPersistent,
            ExpiresTicks = expiresTicks,
        };
        engine.Emit(MonitoringEvent.Added(now, id, comment), transition);
        transition.Entries.Add(new EntryChange.OfComment(comment.Id, comment));
        return comment.Id;
    }

    /// <summary>Removes a comment, here and at every node.</summary>
    public void Remove(EngineTime now, CheckableId id, Comment comment, Transition transition)
    {
        engine.Emit(MonitoringEvent.Removed(now, id, comment), transition);
        transition.Entries.Add(new EntryChange.OfComment(comment.Id, null));
    }

    /// <summary>Removes the comment of a downtime or an acknowledgement, when it is still there.</summary>
    public void Remove(EngineTime now, CheckableId id, EntryId comment, Transition transition)
    {
        if (engine.Site.Comments.Meant(comment) is { } found)
        {
            Remove(now, id, found, transition);
        }
    }

    /// <summary>Removes all comments of an object, or those of a kind.</summary>
    public void RemoveAll(EngineTime now, CheckableId id, CommentKind? kind, Transition transition)
    {
        foreach (var comment in engine.Site.Comments.Of(id))
        {
            if (kind is null || comment.Kind == kind)
            {
                Remove(now, id, comment, transition);
            }
        }
    }

    /// <summary>An object began or ceased to flap: its comment comes and goes.</summary>
    public void Flapped(EngineTime now, CheckableId id, CheckState state, double threshold, Transition transition)
    {
        RemoveAll(now, id, CommentKind.Flapping, transition);
        if (!state.IsFlapping || Refusal(1) is not null)
        {
            return;
        }

        (var name, var sign) = engine.Site.Table.IsHost(id) ? ("host", ">") : ("service", ">=");
        var change = state.StateHistory.PercentChange.ToString("F1", CultureInfo.InvariantCulture);
        var limit = threshold.ToString("F1", CultureInfo.InvariantCulture);
        var text = $"This {name} is flapping: it changes too often ({change}% change {sign} {limit}% threshold). "
            + "Notifications are held back until it ceases to.";
        Add(now, id, CommentKind.Flapping, now.Wall, Program, text, isPersistent: false, expiresTicks: 0, transition);
    }

    /// <summary>Another node added or removed a comment.</summary>
    /// <returns>False when this configuration does not have its object.</returns>
    public bool Take(EngineTime now, EntryChange.OfComment change, Transition transition)
    {
        var known = engine.Site.Comments.Find(change.Id);
        if ((change.Value ?? known) is not { } comment || engine.Site.Find(comment.Object) is not { } id)
        {
            return change.Value is null;
        }

        if (change.Value is null)
        {
            engine.Emit(MonitoringEvent.Removed(now, id, comment), transition);
        }
        else if (known is null)
        {
            var twin = engine.Site.Comments.Meant(comment.Id);
            engine.Emit(MonitoringEvent.Added(now, id, comment), transition);
            _imported.Received(now, id, comment, twin, transition);
        }

        return true;
    }
}
