using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>What services with the same directives, but for host and description, have in common. A value, because in
/// configurations without such services there is one for each.</summary>
internal readonly record struct ServiceShape
{
    public required string? DisplayName { get; init; }

    public required CommandCall? CheckCommand { get; init; }

    public required CheckSettings Checking { get; init; }

    public required NotificationSettings Notifying { get; init; }

    public required FlapDetectionSettings FlapDetection { get; init; }

    public required ProcessingSettings Processing { get; init; }

    public required PresentationSettings Presentation { get; init; }

    public required ImmutableArray<KeyValuePair<string, string>> CustomVariables { get; init; }

    public required ImmutableArray<ContactDefinition> Contacts { get; init; }

    public required ImmutableArray<ContactGroupDefinition> ContactGroups { get; init; }

    /// <summary>The list of service groups, as an atom.</summary>
    public required Atom ServiceGroups { get; init; }

    /// <summary>The list of parents, as an atom.</summary>
    public required Atom Parents { get; init; }
}
