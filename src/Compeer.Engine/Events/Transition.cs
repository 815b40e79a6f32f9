namespace Compeer.Engine.Events;

/// <summary>
/// What one step of the engine came to, in the order in which it happened: events to persist and replicate
/// (<see cref="Changes"/>, <see cref="Log"/>) and effects to carry out after that (<see cref="Checks"/>,
/// <see cref="Requests"/>).
/// The caller owns and reuses it; the engine only adds.
/// </summary>
public sealed class Transition
{
    /// <summary>New states.</summary>
    public List<StateChange> Changes { get; } = [];

    /// <summary>Lines for the log.</summary>
    public List<LogEntry> Log { get; } = [];

    /// <summary>Checks to start.</summary>
    public List<CheckToRun> Checks { get; } = [];

    /// <summary>Checks to ask other peers for.</summary>
    public List<CheckRequest> Requests { get; } = [];

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => Changes.Count == 0 && Log.Count == 0 && Checks.Count == 0 && Requests.Count == 0;

    /// <summary>Empties it for the next step; keeps its memory.</summary>
    public void Clear()
    {
        Changes.Clear();
        Log.Clear();
        Checks.Clear();
        Requests.Clear();
    }
}
