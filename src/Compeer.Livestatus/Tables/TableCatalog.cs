using System.Collections.Frozen;
using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>All tables.</summary>
internal static class TableCatalog
{
    private static readonly FrozenDictionary<string, Table> ByName;

    static TableCatalog()
    {
        var host = HostColumns.All;
        var hostGroup = GroupColumns.OfHosts.Bind("hostgroup_", row => row.Item as HostGroupDefinition);
        var serviceGroup = GroupColumns.OfServices.Bind("servicegroup_", row => row.Item as ServiceGroupDefinition);
        var ownHost = host.Bind("", row => row.Host).ToList();
        IEnumerable<Column> service = [.. ServiceColumns.All.Bind("", row => row.Service), .. OfHost(host)];
        All =
        [
            HostTable("hosts", ownHost, CheckableRows.Hosts, CheckableRows.HostBatches),
            HostTable("hostsbygroup", ownHost.Concat(hostGroup), CheckableRows.HostsByGroup, NoBatches),
            ServiceTable("services", service, CheckableRows.Services, CheckableRows.ServiceBatches),
            ServiceTable("servicesbygroup", service.Concat(serviceGroup), CheckableRows.ServicesByGroup, NoBatches),
            ServiceTable("servicesbyhostgroup", service.Concat(hostGroup), CheckableRows.ServicesByHostGroup, NoBatches),
            EntryTable("comments", EntryColumns.OfComments.Bind("", row => row.Item as Comment), scope => scope.Entries.Comments),
            EntryTable("downtimes", EntryColumns.OfDowntimes.Bind("", row => row.Item as Downtime), scope => scope.Entries.Downtimes),
            new Table("hostgroups", GroupColumns.OfHosts.Bind("", row => (HostGroupDefinition?)row.Item), "name")
            {
                Prefix = "hostgroup_",
                Rows = (scope, _) => scope.Snapshot.Objects.HostGroups.Select(Row.Of),
                IsVisible = (row, user) => user.Sees((HostGroupDefinition)row.Item!),
                Find = (scope, name) => Found(ConfigurationIndex.Find(scope.Snapshot.Objects.HostGroups, name, group => group.Name)),
            },
            new Table("servicegroups", GroupColumns.OfServices.Bind("", row => (ServiceGroupDefinition?)row.Item), "name")
            {
                Prefix = "servicegroup_",
                Rows = (scope, _) => scope.Snapshot.Objects.ServiceGroups.Select(Row.Of),
                IsVisible = (row, user) => user.Sees((ServiceGroupDefinition)row.Item!),
                Find = (scope, name) =>
                    Found(ConfigurationIndex.Find(scope.Snapshot.Objects.ServiceGroups, name, group => group.Name)),
            },
            new Table("contacts", ContactColumns.All.Bind("", row => (ContactDefinition?)row.Item), "name")
            {
                Prefix = "contact_",
                Rows = (scope, _) => scope.Snapshot.Objects.Contacts.Select(Row.Of),
                Find = (scope, name) => Found(scope.Index.FindContact(name)),
            },
            new Table("contactgroups", ContactColumns.OfGroups.Bind("", row => (ContactGroupDefinition?)row.Item))
            {
                Prefix = "contactgroup_",
                Rows = (scope, _) => scope.Snapshot.Objects.ContactGroups.Select(Row.Of),
                Find = (scope, name) =>
                    Found(ConfigurationIndex.Find(scope.Snapshot.Objects.ContactGroups, name, group => group.Name)),
            },
            new Table("commands", ContactColumns.OfCommands.Bind("", row => (CommandDefinition?)row.Item))
            {
                Prefix = "command_",
                Rows = (scope, _) => scope.Snapshot.Objects.Commands.Select(Row.Of),
            },
            new Table("timeperiods", TimePeriodColumns.All.Bind("", row => (TimePeriodDefinition?)row.Item))
            {
                Prefix = "timeperiod_",
                Rows = (scope, _) => scope.Snapshot.Objects.TimePeriods.Select(Row.Of),
            },
            new Table("status", StatusColumns.All.Bind("", row => (QueryScope?)row.Item))
            {
                Prefix = "statu_",
                Rows = (scope, _) => [Row.Of(scope)],
                Find = (scope, _) => Row.Of(scope),
            },
            .. LogTables.All,
            new Table("columns", ColumnColumns.All.Bind("", row => (ColumnPlace?)row.Item))
            {
                Prefix = "column_",
                Rows = (_, _) => All!.OrderBy(table => table.Name, StringComparer.Ordinal)
                    .SelectMany(table => table.Columns, (table, column) => Row.Of(new ColumnPlace(table, column))),
            },
        ];
        ByName = All.ToFrozenDictionary(table => table.Name, StringComparer.Ordinal);
    }

    /// <summary>The tables.</summary>
    public static ImmutableArray<Table> All { get; }

    /// <summary>The table of this name; null when there is none.</summary>
    public static Table? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<Column> OfHost(ColumnSet<HostDefinition> columns) =>
        columns.Bind("host_", row => row.Host).Select(column => column.OfHost());

    private static Table HostTable(
        string name,
        IEnumerable<Column> columns,
        Func<QueryScope, Filter, IEnumerable<Row>> rows,
        Func<QueryScope, Filter, RowBatch?> batches) =>
        new(name, columns, "name")
        {
            Prefix = "host_",
            Rows = rows,
            Batches = batches,
            IsVisible = (row, user) => user.Sees(row.Host!),
            Find = (scope, text) => scope.Snapshot.Objects.FindHost(text) is { } host ? Row.Of(host) : null,
        };

    private static Table ServiceTable(
        string name,
        IEnumerable<Column> columns,
        Func<QueryScope, Filter, IEnumerable<Row>> rows,
        Func<QueryScope, Filter, RowBatch?> batches) =>
        new(name, columns, "host_name", "description")
        {
            Prefix = "service_",
            Rows = rows,
            Batches = batches,
            IsVisible = (row, user) => user.Sees(row.Service!),
            Find = CheckableRows.FindService,
        };

    private static Table EntryTable(string name, IEnumerable<Column> own, Func<QueryScope, IEnumerable<ObjectEntry>> entries) => new(
        name,
        own.Concat(HostColumns.All.Bind("host_", row => row.Host)).Concat(ServiceColumns.All.Bind("service_", row => row.Service)),
        "id")
    {
        Prefix = $"{name[..^1]}_",
        Rows = (scope, _) => entries(scope).Select(entry => EntryColumns.RowOf(entry, scope)).OfType<Row>(),
        IsVisible = (row, user) => row.Service is { } service ? user.Sees(service) : user.Sees(row.Host!),
    };

    private static RowBatch? NoBatches(QueryScope scope, Filter filter) => null;

    private static Row? Found(object? item) => item is null ? null : Row.Of(item);
}
