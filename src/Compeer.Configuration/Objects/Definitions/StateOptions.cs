namespace Compeer.Configuration.Objects.Definitions;

/// <summary>States and events that options such as <c>notification_options d,u,r</c> name. <c>n</c> is
/// <see cref="None"/>; <c>a</c> is <see cref="All"/>.</summary>
[Flags]
public enum StateOptions : ushort
{
    /// <summary>None (<c>n</c>).</summary>
    None = 0,

    /// <summary>A host that is UP, a service that is OK; in notification options a recovery (<c>o</c>, <c>r</c>).</summary>
    Ok = 1,

    /// <summary>A service that is WARNING (<c>w</c>).</summary>
    Warning = 2,

    /// <summary>A service that is CRITICAL (<c>c</c>).</summary>
    Critical = 4,

    /// <summary>A service that is UNKNOWN (<c>u</c>).</summary>
    Unknown = 8,

    /// <summary>A host that is DOWN (<c>d</c>).</summary>
    Down = 16,

    /// <summary>A host that is UNREACHABLE (<c>u</c>).</summary>
    Unreachable = 32,

    /// <summary>Not checked yet (<c>p</c>, dependencies).</summary>
    Pending = 64,

    /// <summary>Start and stop of flapping (<c>f</c>, notifications).</summary>
    Flapping = 128,

    /// <summary>Start, end and cancelling of a downtime (<c>s</c>, notifications).</summary>
    Downtime = 256,

    /// <summary>Whatever there is: the option is not set, or <c>a</c>. As in Naemon that is not the same as all its letters, and is
    /// written differently into the object cache.</summary>
    All = ushort.MaxValue,
}
