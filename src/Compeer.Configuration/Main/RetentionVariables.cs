namespace Compeer.Configuration.Main;

/// <summary>
/// What outlives a restart. Naemon's defaults are not those: it keeps nothing unless it is told to, and a node of Compeer forgets
/// nothing unless it is.
/// </summary>
public sealed record RetentionVariables
{
    /// <summary>Whether states and what operators changed are kept at all (<c>retain_state_information</c>).</summary>
    /// <value>Default true.</value>
    public bool KeepsState { get; init; } = true;

    /// <summary>How often <see cref="MainConfiguration.StateRetentionFile"/> is written (<c>retention_update_interval</c> times
    /// <c>interval_length</c>); zero for at the end only.</summary>
    /// <value>Default one hour.</value>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether the global switches that operators changed are (<c>use_retained_program_state</c>).</summary>
    /// <value>Default true.</value>
    public bool KeepsProgramState { get; init; } = true;

    /// <summary>Whether checks go on by the times that were planned before (<c>use_retained_scheduling_info</c>).</summary>
    /// <value>Default true.</value>
    public bool KeepsSchedule { get; init; } = true;

    /// <summary>What operators changed of hosts and is not kept (<c>retained_host_attribute_mask</c>): bits of Naemon's
    /// MODATTR.</summary>
    public uint ForgottenOfHosts { get; init; }

    /// <summary>The same for services (<c>retained_service_attribute_mask</c>).</summary>
    public uint ForgottenOfServices { get; init; }

    /// <summary>The same for the global switches about hosts (<c>retained_process_host_attribute_mask</c>).</summary>
    public uint ForgottenOfProgramForHosts { get; init; }

    /// <summary>The same for the global switches about services (<c>retained_process_service_attribute_mask</c>).</summary>
    public uint ForgottenOfProgramForServices { get; init; }

    /// <summary>The same for what contacts are told of hosts (<c>retained_contact_host_attribute_mask</c>).</summary>
    public uint ForgottenOfContactsForHosts { get; init; }

    /// <summary>The same for what contacts are told of services (<c>retained_contact_service_attribute_mask</c>).</summary>
    public uint ForgottenOfContactsForServices { get; init; }
}
