using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>What a host and a service have in common: both are checked.</summary>
public abstract class CheckableDefinition
{
    /// <summary>The name shown to people (<c>display_name</c>).</summary>
    public required string DisplayName { get; init; }

    /// <summary>What is run to check it; null when the object has no <c>check_command</c> (hosts only).</summary>
    public required CommandCall? CheckCommand { get; init; }

    /// <summary>How it is checked.</summary>
    public required CheckSettings Checking { get; init; }

    /// <summary>When notifications about it are sent.</summary>
    public NotificationSettings Notifying { get; init; } = NotificationSettings.Default;

    /// <summary>How its flapping is detected.</summary>
    public FlapDetectionSettings FlapDetection { get; init; } = FlapDetectionSettings.Default;

    /// <summary>What is done with its results.</summary>
    public ProcessingSettings Processing { get; init; } = ProcessingSettings.Default;

    /// <summary>What is shown with it.</summary>
    public PresentationSettings Presentation { get; init; } = PresentationSettings.None;

    /// <summary>Custom variables without their leading underscore, names in upper case, sorted by name; shared when
    /// equal.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> CustomVariables { get; init; }

    /// <summary>The contacts named directly.</summary>
    public required ImmutableArray<ContactDefinition> Contacts { get; init; }

    /// <summary>The contact groups named directly.</summary>
    public required ImmutableArray<ContactGroupDefinition> ContactGroups { get; init; }

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
