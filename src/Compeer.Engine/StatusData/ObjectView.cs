using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.StatusData;

/// <summary>One host or service at one moment.</summary>
internal readonly record struct ObjectView(EngineSnapshot Snapshot, CheckableId Id)
{
    /// <summary>What the configuration says.</summary>
    public CheckableDefinition Definition => Snapshot.Configuration.Table[Id];

    /// <summary>Its state.</summary>
    public CheckState State => Snapshot[Id];

    /// <summary>What was told of it.</summary>
    public NotificationState Told => Snapshot.Told.GetValueOrDefault(Id, NotificationState.None);

    /// <summary>How it is checked.</summary>
    public CheckSettings Checking => Snapshot.CheckingOf(Id);

    /// <summary>When notifications about it are sent.</summary>
    public NotificationSettings Notifying => Snapshot.NotifyingOf(Id);

    /// <summary>What operators changed.</summary>
    public OperatorSettings Settings => Snapshot.SettingsOf(Id);

    /// <summary>The acknowledgement of its problem.</summary>
    public required Acknowledgement Acknowledgement { get; init; }

    /// <summary>How many downtimes it is in.</summary>
    public required int DowntimeDepth { get; init; }

    /// <summary>A switch: as an operator turned it, else as it is configured.</summary>
    public bool IsOn(OperatorSetting setting, bool configured) => Settings[setting]?.IsOn ?? configured;

    /// <summary>A time span in units of <c>interval_length</c>.</summary>
    public double Units(TimeSpan time) => time / Snapshot.Configuration.Main.IntervalLength;

    /// <summary>The id of the problem that it has; empty for none.</summary>
    public Guid ProblemId => State.History is { ProblemEndTicks: 0 } history ? IdOf(history.ProblemStartTicks) : Guid.Empty;

    /// <summary>The id of the problem before; empty for none.</summary>
    public Guid LastProblemId =>
        IdOf(State.History.ProblemEndTicks != 0 ? State.History.ProblemStartTicks : State.History.LastProblemStartTicks);

    private Guid IdOf(long startTicks) => startTicks == 0 ? Guid.Empty : Model.ProblemId.Of(Definition, startTicks);
}
