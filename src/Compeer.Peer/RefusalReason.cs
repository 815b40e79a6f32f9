namespace Compeer.Peer;

/// <summary>Why a peer did not take something that came to it.</summary>
public enum RefusalReason
{
    /// <summary>A check came back that was discarded meanwhile, because this node had doubted itself, or that was reported
    /// before.</summary>
    ResultNotAwaited = 1,

    /// <summary>A check came back that was discarded, and a newer run of it is in flight.</summary>
    ResultSuperseded = 2,

    /// <summary>A check came back whose object the configuration does not have any more.</summary>
    ResultOfRemovedObject = 3,

    /// <summary>A state that another node sent cannot be read by this version.</summary>
    StateUnreadable = 4,

    /// <summary>Another node asks for something that this version does not know.</summary>
    RequestUnreadable = 5,

    /// <summary>A check came back whose object another node owns by now and has checked since.</summary>
    ResultOvertaken = 6,

    /// <summary>A check came back that was made because the object's last result was stale, and another result came
    /// meanwhile.</summary>
    ResultNotNeeded = 7,
}
