using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns that count the services of a host or of a group by their state; only those that whoever asks may see.</summary>
internal static class ServiceCounts
{
    private const int Critical = 2;

    private static readonly string[] States = ["ok", "warn", "crit", "unknown"];

    /// <summary>Adds them.</summary>
    /// <param name="columns">To these.</param>
    /// <param name="services">The services of an object.</param>
    public static ColumnSet<T> WithServiceCounts<T>(
        this ColumnSet<T> columns, Func<T, QueryScope, IEnumerable<ServiceDefinition>> services)
        where T : class
    {
        IEnumerable<ServiceDefinition> Visible(T item, QueryScope scope) => scope.User is { } user
            ? services(item, scope).Where(user.Sees)
            : services(item, scope);

        columns
            .Int("num_services", "How many services", (item, scope) => Visible(item, scope).Count())
            .Int("num_services_pending", "How many were never checked", (item, scope) =>
                Visible(item, scope).Count(service => !scope.StateOf(service).HasBeenChecked))
            .Int("worst_service_state", "The worst of their states: OK, WARNING, UNKNOWN, CRITICAL", (item, scope) =>
                Worst(Visible(item, scope).Select(service => scope.StateOf(service).State)))
            .Int("worst_service_hard_state", "The worst of their hard states: OK, WARNING, UNKNOWN, CRITICAL", (item, scope) =>
                Worst(Visible(item, scope).Select(service => scope.StateOf(service).LastHardState)));
        for (var number = 0; number < States.Length; number++)
        {
            var state = number;
            columns
                .Int($"num_services_{States[state]}", "How many are in this state", (item, scope) => Visible(item, scope).Count(service =>
                    scope.StateOf(service) is { HasBeenChecked: true } now && now.State == state))
                .Int($"num_services_hard_{States[state]}", "How many are in this hard state", (item, scope) =>
                    Visible(item, scope).Count(service =>
                        scope.StateOf(service) is { HasBeenChecked: true } now && now.LastHardState == state));
        }

        return columns;
    }

    private static long Worst(IEnumerable<byte> states)
    {
        var worst = 0;
        foreach (var state in states)
        {
            worst = state == Critical || worst == Critical ? Critical : Math.Max(worst, state);
        }

        return worst;
    }
}
