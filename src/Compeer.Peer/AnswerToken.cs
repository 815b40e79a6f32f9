namespace Compeer.Peer;

/// <summary>Says which answer belongs to which input. The shell makes them and keeps who waits.</summary>
/// <param name="Number">From 1, not used twice; 0 when nobody waits.</param>
public readonly record struct AnswerToken(long Number)
{
    /// <summary>Whether somebody waits.</summary>
    public bool IsWanted => Number != 0;
}
