using System.Collections.Immutable;
using Compeer.Configuration.Objects.Comparison;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Peer;

namespace Compeer.Daemon.Reload;

/// <summary>What a changed configuration changes, in words.</summary>
internal static class ReloadSummary
{
    /// <summary>Settings that a running daemon does not take up, by the names of their variables.</summary>
    private static readonly ImmutableArray<string> AtStartOnly = ["log_file", "lock_file", "log_initial_states"];

    /// <summary>One line: the counts of hosts and services, then what else is different.</summary>
    public static string Of(PeerChange change)
    {
        var difference = change.Difference;
        string[] others = [.. OtherTypes(difference)];
        var variables = ChangedVariables(change);
        return $"hosts: {Counts(difference.Hosts)}; services: {Counts(difference.Services)}"
            + (others.Length == 0 ? "" : $"; also changed: {string.Join(", ", others)}")
            + (SameResources(change) ? "" : "; resource files changed")
            + (variables.Count == 0 ? "" : $"; main configuration: {string.Join(", ", variables)}");
    }

    /// <summary>Changed variables that take effect at the next start only.</summary>
    public static IEnumerable<string> NeedingRestart(PeerChange change) => ChangedVariables(change).Where(AtStartOnly.Contains);

    /// <summary>Whether nothing at all is different.</summary>
    public static bool IsEmpty(PeerChange change) =>
        change.Difference.IsEmpty && SameResources(change) && ChangedVariables(change).Count == 0
        && change.Before.Version.Hash == change.After.Version.Hash;

    private static string Counts<T>(ObjectDiff<T> difference) =>
        $"{difference.Added.Length} added, {difference.Removed.Length} removed, {difference.Changed.Length} changed";

    private static IEnumerable<string> OtherTypes(ConfigurationDiff difference)
    {
        (string Name, bool IsEmpty)[] named =
        [
            ("commands", difference.Commands.IsEmpty),
            ("contacts", difference.Contacts.IsEmpty),
            ("contact groups", difference.ContactGroups.IsEmpty),
            ("host groups", difference.HostGroups.IsEmpty),
            ("service groups", difference.ServiceGroups.IsEmpty),
            ("time periods", difference.TimePeriods.IsEmpty),
        ];
        return named.Where(type => !type.IsEmpty).Select(type => type.Name).Concat(difference.ChangedRelations.Select(NameOf));
    }

    private static string NameOf(ObjectType type) => type switch
    {
        ObjectType.HostDependency => "host dependencies",
        ObjectType.ServiceDependency => "service dependencies",
        ObjectType.HostEscalation => "host escalations",
        ObjectType.ServiceEscalation => "service escalations",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "its objects have names"),
    };

    private static bool SameResources(PeerChange change)
    {
        var before = change.Before.Objects.Resources;
        var after = change.After.Objects.Resources;
        return before.Count == after.Count && before.All(pair => after.GetValueOrDefault(pair.Key) == pair.Value);
    }

    private static IReadOnlyList<string> ChangedVariables(PeerChange change) =>
        change.After.Main.ChangedSince(change.Before.Main);
}
