using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;

namespace Compeer.Engine.Snapshot;

/// <summary>The engine as it was at one time: immutable, for any number of readers on any thread.</summary>
public sealed class EngineSnapshot
{
    private readonly StateArray<CheckState> _states;
    private readonly SettingsColumn _settings;
    private readonly StateArray<long> _updates;

    internal EngineSnapshot(
        EngineTime takenAt,
        EngineConfiguration configuration,
        StateArray<CheckState> states,
        SettingsColumn settings,
        StateArray<long> updates)
    {
        TakenAt = takenAt;
        Configuration = configuration;
        _states = states;
        _settings = settings;
        _updates = updates;
    }

    /// <summary>When it was taken.</summary>
    public EngineTime TakenAt { get; }

    /// <summary>The configuration in force then: what the indexes mean.</summary>
    public EngineConfiguration Configuration { get; }

    /// <summary>The objects of <see cref="Configuration"/>.</summary>
    public ObjectConfiguration Objects => Configuration.Objects;

    /// <summary>Hosts and services.</summary>
    public int Count => _states.Count;

    /// <summary>The comments on the objects of <see cref="Configuration"/>.</summary>
    public required ImmutableDictionary<EntryId, Comment> Comments { get; init; }

    /// <summary>Their downtimes.</summary>
    public required ImmutableDictionary<EntryId, Downtime> Downtimes { get; init; }

    /// <summary>What was acknowledged; whether it holds still is in <see cref="AcknowledgementOf"/>.</summary>
    public required ImmutableDictionary<EntryId, Acknowledgement> Acknowledgements { get; init; }

    /// <summary>The contacts of which operators changed something, by their names.</summary>
    public required ImmutableDictionary<string, EffectiveContact> ChangedContacts { get; init; }

    /// <summary>The global switches.</summary>
    public required ProgramState Program { get; init; }

    /// <summary>How many objects this node owns.</summary>
    public required int Owned { get; init; }

    /// <summary>How many checks have a time to run at.</summary>
    public required int Scheduled { get; init; }

    /// <summary>How many checks are in flight here.</summary>
    public required int Running { get; init; }

    /// <summary>The objects whose checks these are, in no order.</summary>
    public required ImmutableArray<CheckableId> Executing { get; init; }

    /// <summary>The checks that wait here and run in any case, by their objects: whether because the last result is stale.</summary>
    public required ImmutableDictionary<CheckableId, bool> Forced { get; init; }

    /// <summary>What was told about objects, of those about which there was something to tell.</summary>
    public required ImmutableDictionary<CheckableId, NotificationState> Told { get; init; }

    /// <summary>External commands that were given at this node.</summary>
    public long CommandsGiven { get; init; }

    /// <summary>What became of notifications at this node.</summary>
    public NotificationCounters Notifications { get; init; }

    /// <summary>Figures about checks of hosts.</summary>
    public required CheckCounters HostChecks { get; init; }

    /// <summary>Figures about checks of services.</summary>
    public required CheckCounters ServiceChecks { get; init; }

    /// <summary>The acknowledgement of an object's problem, of several of that object the one that holds;
    /// <see cref="Acknowledgement.None"/> when none does.</summary>
    public Acknowledgement AcknowledgementOf(CheckableId id, IEnumerable<Acknowledgement> ofObject) =>
        AcknowledgementRule.Holding(ofObject, this[id], TakenAt.Wall);

    /// <summary>The state of a host or service.</summary>
    public CheckState this[CheckableId id] => _states[id.Index];

    internal StateArray<CheckState> States => _states;

    /// <summary>The small numbers of the states of the objects from <see cref="StateBlock.Size"/> times this index on.</summary>
    public StateBlock Block(int index) => _states.Derived(index, StateBlock.Of);

    /// <summary>When anything about a host or service last changed here, UTC ticks; 0 for never since the start.</summary>
    public long UpdatedTicksOf(CheckableId id) => _updates[id.Index];

    /// <summary>What operators changed of a host or service.</summary>
    public OperatorSettings SettingsOf(CheckableId id) => _settings[id]?.Settings ?? OperatorSettings.None;

    /// <summary>How a host or service is checked: its definition, and what operators changed of it.</summary>
    public CheckSettings CheckingOf(CheckableId id) => _settings[id]?.Checking ?? Configuration.Table[id].Checking;

    /// <summary>When notifications about a host or service are sent, likewise.</summary>
    public NotificationSettings NotifyingOf(CheckableId id) => _settings[id]?.Notifying ?? Configuration.Table[id].Notifying;

    /// <summary>The custom variables of a host or service, likewise.</summary>
    public ImmutableArray<KeyValuePair<string, string>> CustomVariablesOf(CheckableId id) =>
        _settings[id]?.CustomVariables ?? Configuration.Table[id].CustomVariables;

    /// <summary>What is run when the state of a host or service changes; null when nothing is of its own.</summary>
    public CommandCall? EventHandlerOf(CheckableId id) =>
        _settings[id] is { } changed ? changed.EventHandler : Configuration.Table[id].Processing.EventHandler;

    /// <summary>What is run to check a host or service; null when nothing is.</summary>
    public CommandCall? CheckCommandOf(CheckableId id) =>
        _settings[id] is { } changed ? changed.CheckCommand : Configuration.Table[id].CheckCommand;
}
