using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>
/// What one step of the engine came to, in the order in which it happened: the <see cref="Events"/>, what follows from them for
/// others (<see cref="Changes"/> to replicate, <see cref="Log"/>), and effects to carry out after that (<see cref="Checks"/>,
/// <see cref="Commands"/>, <see cref="Requests"/>). The caller owns and reuses it; the engine only adds.
/// </summary>
public sealed class Transition
{
    /// <summary>A list that grew beyond this gives its memory back when it is emptied.</summary>
    private const int KeptCapacity = 4096;

    /// <summary>All that happened.</summary>
    public List<MonitoringEvent> Events { get; } = [];

    /// <summary>New states that this node wrote.</summary>
    public List<StateChange> Changes { get; } = [];

    /// <summary>Lines for the log.</summary>
    public List<LogEntry> Log { get; } = [];

    /// <summary>Which of <see cref="Log"/> every node of the cluster is to have.</summary>
    public List<HistoryMark> History { get; } = [];

    /// <summary>Checks to start.</summary>
    public List<CheckToRun> Checks { get; } = [];

    /// <summary>Other commands to start.</summary>
    public List<CommandToRun> Commands { get; } = [];

    /// <summary>Lines for the files of performance data.</summary>
    public List<PerformanceLine> Performance { get; } = [];

    /// <summary>Files of external commands to read.</summary>
    public List<CommandFile> CommandFiles { get; } = [];

    /// <summary>Checks in flight to look for.</summary>
    public List<DoubtfulCheck> Doubts { get; } = [];

    /// <summary>What this node's program is to do with itself.</summary>
    public List<ProgramOrder> ProgramOrders { get; } = [];

    /// <summary>Checks to ask other peers for.</summary>
    public List<CheckRequest> Requests { get; } = [];

    /// <summary>What owners elsewhere are to be asked for besides.</summary>
    public List<ObjectOrder> Orders { get; } = [];

    /// <summary>Settings that every node is to have.</summary>
    public List<SettingChange> Settings { get; } = [];

    /// <summary>Comments, downtimes and acknowledgements that every node is to have, or to have no more.</summary>
    public List<EntryChange> Entries { get; } = [];

    /// <summary>Objects of which it was noted down what was told, or is to be: every node is to have it before any of
    /// <see cref="Commands"/> begins.</summary>
    public List<NotificationChange> Notifications { get; } = [];

    /// <summary>Objects of which something was sent by this node, which does not own them: their owners are to have it.</summary>
    public List<CheckableId> Deliveries { get; } = [];

    /// <summary>Whether nothing follows for anybody else; something may have happened that concerns this engine only.</summary>
    public bool IsEmpty => Changes.Count == 0 && Log.Count == 0 && Checks.Count == 0 && Commands.Count == 0 && Performance.Count == 0
        && CommandFiles.Count == 0 && ProgramOrders.Count == 0 && Doubts.Count == 0
        && Requests.Count == 0 && Orders.Count == 0 && Settings.Count == 0 && Entries.Count == 0
        && Notifications.Count == 0 && Deliveries.Count == 0;

    /// <summary>Empties it for the next step; keeps its memory.</summary>
    public void Clear()
    {
        Empty(Events);
        Empty(Changes);
        Empty(Log);
        Empty(History);
        Empty(Checks);
        Empty(Commands);
        Empty(Performance);
        Empty(CommandFiles);
        Empty(ProgramOrders);
        Empty(Doubts);
        Empty(Requests);
        Empty(Orders);
        Empty(Settings);
        Empty(Entries);
        Empty(Notifications);
        Empty(Deliveries);
    }

    private static void Empty<T>(List<T> list)
    {
        list.Clear();
        if (list.Capacity > KeptCapacity)
        {
            list.Capacity = KeptCapacity;
        }
    }
}
