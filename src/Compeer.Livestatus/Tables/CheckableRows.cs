using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The rows of hosts and services; where a filter names one host or group, only of that.</summary>
internal static class CheckableRows
{
    /// <summary>Of the table <c>hosts</c>.</summary>
    public static IEnumerable<Row> Hosts(QueryScope scope, Filter filter)
    {
        var objects = scope.Snapshot.Objects;
        if (filter.PinOf("name") is { } name)
        {
            return objects.FindHost(name) is { } host ? [Row.Of(host)] : [];
        }

        return GroupNamed(scope, filter, "groups", out var group)
            ? group?.Members.Select(Row.Of) ?? []
            : objects.Hosts.Select(Row.Of);
    }

    /// <summary>Of the table <c>services</c>.</summary>
    public static IEnumerable<Row> Services(QueryScope scope, Filter filter)
    {
        var objects = scope.Snapshot.Objects;
        if (filter.PinOf("host_name") is { } name)
        {
            return objects.FindHost(name) is { } host ? HostColumns.ServicesOf(host, scope).Select(Row.Of) : [];
        }

        if (filter.PinOf("groups") is { } groupName)
        {
            return ConfigurationIndex.Find(objects.ServiceGroups, groupName, static group => group.Name)?.Members.Select(Row.Of) ?? [];
        }

        return GroupNamed(scope, filter, "host_groups", out var hostGroup)
            ? hostGroup?.Members.SelectMany(host => HostColumns.ServicesOf(host, scope)).Select(Row.Of) ?? []
            : objects.Services.Select(Row.Of);
    }

    /// <summary>All rows of the table <c>hosts</c>; null when the filter names one host or group.</summary>
    public static RowBatch? HostBatches(QueryScope scope, Filter filter) =>
        filter.PinOf("name") is null && filter.PinOf("groups") is null ? new RowBatch(scope, isOfServices: false) : null;

    /// <summary>All rows of the table <c>services</c>; null when the filter names one host or group.</summary>
    public static RowBatch? ServiceBatches(QueryScope scope, Filter filter) =>
        filter.PinOf("host_name") is null && filter.PinOf("groups") is null && filter.PinOf("host_groups") is null
            ? new RowBatch(scope, isOfServices: true)
            : null;

    /// <summary>Of the table <c>hostsbygroup</c>: a host once for each of its groups.</summary>
    public static IEnumerable<Row> HostsByGroup(QueryScope scope, Filter filter) => scope.Snapshot.Objects.HostGroups
        .SelectMany(group => group.Members, (group, host) => new Row(host, null, group));

    /// <summary>Of the table <c>servicesbygroup</c>: a service once for each of its groups.</summary>
    public static IEnumerable<Row> ServicesByGroup(QueryScope scope, Filter filter) => scope.Snapshot.Objects.ServiceGroups
        .SelectMany(group => group.Members, (group, service) => new Row(service.Host, service, group));

    /// <summary>Of the table <c>servicesbyhostgroup</c>: a service once for each group of its host.</summary>
    public static IEnumerable<Row> ServicesByHostGroup(QueryScope scope, Filter filter) => scope.Snapshot.Objects.HostGroups
        .SelectMany(group => group.Members, (group, host) => (group, host))
        .SelectMany(
            pair => HostColumns.ServicesOf(pair.host, scope), (pair, service) => new Row(pair.host, service, pair.group));

    /// <summary>The service that <c>host;description</c> names, or <c>host description</c> for a host without blanks.</summary>
    public static Row? FindService(QueryScope scope, string text)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        end = end >= 0 ? end : text.IndexOf(' ', StringComparison.Ordinal);
        return end >= 0 && scope.Index.FindService(text[..end].TrimEnd(), text[(end + 1)..].TrimEnd()) is { } service
            ? Row.Of(service)
            : null;
    }

    private static bool GroupNamed(QueryScope scope, Filter filter, string column, out HostGroupDefinition? group)
    {
        var name = filter.PinOf(column);
        group = name is null ? null : ConfigurationIndex.Find(scope.Snapshot.Objects.HostGroups, name, static found => found.Name);
        return name is not null;
    }
}
