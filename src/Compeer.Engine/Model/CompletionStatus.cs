namespace Compeer.Engine.Model;

/// <summary>What became of a result that came back.</summary>
public enum CompletionStatus
{
    /// <summary>It was taken: the state is new.</summary>
    Taken = 1,

    /// <summary>Ignored: no check of this object was in flight here (it was discarded, or reported twice).</summary>
    NotRunning = 2,

    /// <summary>Ignored: it belongs to an earlier run that was discarded; a newer one is in flight.</summary>
    Superseded = 3,

    /// <summary>Ignored: the configuration does not have the object any more.</summary>
    Removed = 4,

    /// <summary>Ignored: the check was made because the last result was stale, and another result came meanwhile.</summary>
    Overtaken = 5,
}
