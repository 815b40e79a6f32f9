using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Macros;

/// <summary>Totals over all hosts and services (<c>$TOTALHOSTSUP$</c> and so on). Counting goes through everything, so it is
/// done at most once a second.</summary>
internal sealed class SummaryMacros(MacroContext context)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly int[] _hosts = new int[3];
    private readonly int[] _hostsUnhandled = new int[3];
    private readonly int[] _services = new int[4];
    private readonly int[] _servicesUnhandled = new int[4];
    private TimeSpan? _countedAt;

    public bool TryAdd(in MacroName macro, TextBuffer output)
    {
        if (macro.Arguments > 0 || !macro.Name.StartsWith("TOTAL"))
        {
            return false;
        }

        if (_countedAt is not { } time || context.Now.Monotonic - time >= Age)
        {
            Count();
            _countedAt = context.Now.Monotonic;
        }

        var total = Total(macro.Name["TOTAL".Length..]);
        output.AddNumber(total ?? 0);
        return total is not null;
    }

    private int? Total(ReadOnlySpan<char> name) => name switch
    {
        "HOSTSUP" => _hosts[HostState.Up],
        "HOSTSDOWN" => _hosts[HostState.Down],
        "HOSTSUNREACHABLE" => _hosts[HostState.Unreachable],
        "HOSTSDOWNUNHANDLED" => _hostsUnhandled[HostState.Down],
        "HOSTSUNREACHABLEUNHANDLED" => _hostsUnhandled[HostState.Unreachable],
        "HOSTPROBLEMS" => _hosts[HostState.Down] + _hosts[HostState.Unreachable],
        "HOSTPROBLEMSUNHANDLED" => _hostsUnhandled[HostState.Down] + _hostsUnhandled[HostState.Unreachable],
        "SERVICESOK" => _services[PluginState.Ok],
        "SERVICESWARNING" => _services[PluginState.Warning],
        "SERVICESCRITICAL" => _services[PluginState.Critical],
        "SERVICESUNKNOWN" => _services[PluginState.Unknown],
        "SERVICESWARNINGUNHANDLED" => _servicesUnhandled[PluginState.Warning],
        "SERVICESCRITICALUNHANDLED" => _servicesUnhandled[PluginState.Critical],
        "SERVICESUNKNOWNUNHANDLED" => _servicesUnhandled[PluginState.Unknown],
        "SERVICEPROBLEMS" => _services[1] + _services[2] + _services[3],
        "SERVICEPROBLEMSUNHANDLED" => _servicesUnhandled[1] + _servicesUnhandled[2] + _servicesUnhandled[3],
        _ => null,
    };

    /// <summary>A problem is unhandled unless it is acknowledged, its object is in downtime or its active checks are off or, for
    /// services, its host is not UP (Naemon). OK and UP count once checked.</summary>
    private void Count()
    {
        foreach (var counters in (int[][])[_hosts, _hostsUnhandled, _services, _servicesUnhandled])
        {
            Array.Clear(counters);
        }

        foreach (var host in context.Objects.Hosts)
        {
            var state = context.State(host);
            Add(_hosts, _hostsUnhandled, state, host.Checking.ActiveChecksEnabled && !IsHandled(CheckableId.Of(host.Id)));
        }

        foreach (var service in context.Objects.Services)
        {
            var isHostUp = context.State(service.Host).State == HostState.Up;
            var isHandled = IsHandled(CheckableId.Of(service.Id, context.Objects));
            Add(_services, _servicesUnhandled, context.State(service), service.Checking.ActiveChecksEnabled && isHostUp && !isHandled);
        }
    }

    private bool IsHandled(CheckableId id) =>
        context.DowntimeDepth(id) > 0 || context.AcknowledgementOf(id, context.Now.Wall).Kind != AcknowledgementKind.None;

    private static void Add(int[] counters, int[] unhandled, CheckState state, bool isUnhandled)
    {
        var place = Math.Min(state.State, counters.Length - 1);
        counters[place] += state.HasBeenChecked || state.State != 0 ? 1 : 0;
        unhandled[place] += isUnhandled ? 1 : 0;
    }
}
