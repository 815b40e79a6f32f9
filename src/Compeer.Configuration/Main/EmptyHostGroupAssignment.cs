namespace Compeer.Configuration.Main;

/// <summary>What is done about services and dependencies on host groups without hosts
/// (<c>allow_empty_hostgroup_assignment</c>).</summary>
public enum EmptyHostGroupAssignment
{
    /// <summary>Dependencies on them are errors. Services are allowed with a warning: Naemon and Nagios document them to be
    /// errors, but take them when the group exists, and Debian's sample configuration has this value.</summary>
    Refuse = 0,

    /// <summary>They are allowed (1).</summary>
    Allow = 1,

    /// <summary>They are allowed with a warning (not set).</summary>
    Warn = 2,
}
