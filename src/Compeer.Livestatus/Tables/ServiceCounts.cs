using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns that count the services of a host or of a group by their state; only those that whoever asks may see.</summary>
internal static class ServiceCounts
{
    private static readonly string[] States = ["ok", "warn", "crit", "unknown"];

    /// <summary>Adds them.</summary>
    /// <param name="columns">To these.</param>
    /// <param name="services">The services of an object.</param>
    public static ColumnSet<T> WithServiceCounts<T>(
        this ColumnSet<T> columns, Func<T, QueryScope, IEnumerable<ServiceDefinition>> services)
        where T : class
    {
        ServiceTally Of(T item, QueryScope scope) => scope.TallyOf(item, services);

        columns
            .Int("num_services", "How many services", (item, scope) => Of(item, scope).Count)
            .Int("num_services_pending", "How many were never checked", (item, scope) => Of(item, scope).Pending)
            .Int("worst_service_state", "The worst of their states: OK, WARNING, UNKNOWN, CRITICAL", (item, scope) =>
                Of(item, scope).Worst)
            .Int("worst_service_hard_state", "The worst of their hard states: OK, WARNING, UNKNOWN, CRITICAL", (item, scope) =>
                Of(item, scope).WorstHard);
        for (var number = 0; number < States.Length; number++)
        {
            var state = number;
            columns
                .Int($"num_services_{States[state]}", "How many are in this state", (item, scope) => Of(item, scope).InState(state))
                .Int($"num_services_hard_{States[state]}", "How many are in this hard state", (item, scope) =>
                    Of(item, scope).InHardState(state));
        }

        return columns;
    }
}
