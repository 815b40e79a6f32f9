namespace Compeer.Engine.Events;

/// <summary>A line of the log that every node of a cluster is to have, and the event that it tells of.</summary>
/// <param name="Line">Its place in <see cref="Transition.Log"/>.</param>
/// <param name="Event">Its place in <see cref="Transition.Events"/>.</param>
public readonly record struct HistoryMark(int Line, int Event);
