using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;
using Compeer.Engine.Site;

namespace Compeer.Engine;

/// <summary>What a <see cref="MonitoringEngine"/> sends of what is to be told, and what it knows of what others sent.</summary>
public sealed class EngineSending
{
    private readonly EngineState _state;
    private readonly NotificationSender _sender;

    internal EngineSending(EngineState state, NotificationSender sender) => (_state, _sender) = (state, sender);

    /// <summary>How many notifications are being sent here.</summary>
    public int Running => _sender.Running;

    /// <summary>Whether this node sends what is to be told about an object.</summary>
    public bool IsOwn(CheckableId id) => _state.Site.Sends[id.Index];

    /// <summary>Whether a notification about an object is being sent here, or its owner does not know yet that it was.</summary>
    public bool IsUnderWay(CheckableId id) => _sender.IsSending(id);

    /// <summary>What is still to be sent of an object as far as its owner knows, and was sent, as far as is known here.</summary>
    public SentDeliveries SentOf(CheckableId id) => _sender.SentOf(id);

    /// <summary>What somebody sent who does not own the object: it is not sent again, and the owner takes it out of what is left.</summary>
    public void Store(EngineTime now, CheckableId id, SentDeliveries sent, Transition transition)
    {
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(transition);
        _state.See(now, transition);
        _sender.Take(now, id, sent, transition);
    }
}
