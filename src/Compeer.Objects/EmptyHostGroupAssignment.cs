namespace Compeer.Objects;

/// <summary>What is done about services on host groups without hosts (<c>allow_empty_hostgroup_assignment</c>).</summary>
public enum EmptyHostGroupAssignment
{
    /// <summary>They are errors (0).</summary>
    Refuse = 0,

    /// <summary>They are allowed (1).</summary>
    Allow = 1,

    /// <summary>They are allowed with a warning (not set).</summary>
    Warn = 2,
}
