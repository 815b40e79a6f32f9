namespace Compeer.Engine.Events;

/// <summary>Why a check is asked for ahead of its time. Numbers are stable: they are sent to other peers.</summary>
public enum CheckRequestReason
{
    /// <summary>A service's result is news about its host.</summary>
    HostOfService = 1,

    /// <summary>A host behind it changed: is this parent the reason, or did it come back too?</summary>
    Parent = 2,

    /// <summary>A parent changed: is this host's way blocked or free now?</summary>
    Child = 3,

    /// <summary>Something that depends on it is about to become a hard problem.</summary>
    DependencyMaster = 4,
}
