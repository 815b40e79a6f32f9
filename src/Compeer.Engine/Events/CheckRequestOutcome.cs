namespace Compeer.Engine.Events;

/// <summary>What became of a request to check an object ahead of its time.</summary>
public enum CheckRequestOutcome
{
    /// <summary>It is checked now.</summary>
    Now = 1,

    /// <summary>It was due already.</summary>
    AlreadyDue = 2,

    /// <summary>A host that was checked within <c>cached_host_check_horizon</c>: again after its <c>retry_interval</c>
    /// (Naemon).</summary>
    AfterRetryInterval = 3,

    /// <summary>Nothing: it was checked just now (<c>cached_host_check_horizon</c>, <c>cached_service_check_horizon</c>).</summary>
    Recent = 4,

    /// <summary>Nothing: its check is in flight.</summary>
    InFlight = 5,

    /// <summary>Nothing: it is outside of its check period.</summary>
    OutsidePeriod = 6,

    /// <summary>Nothing: active checks of it are off, or it has no command.</summary>
    NotChecked = 7,

    /// <summary>Another peer owns it: that one is asked (<see cref="Transition.Requests"/>).</summary>
    OwnerAsked = 8,

    /// <summary>Another peer owns it and was asked a moment ago.</summary>
    AskedAlready = 9,
}
