using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine;

/// <summary>
/// Checks that somebody wants made once, now, for their output ("test this check"): by the check command that is in effect, with the
/// macros of this moment. Nothing comes of the result: no state, no schedule, no log line of monitoring.
/// </summary>
public readonly struct CheckTests
{
    private readonly EngineState _state;

    internal CheckTests(EngineState state) => _state = state;

    /// <summary>What is to be run; null, with the reason, when there is nothing.</summary>
    /// <param name="now">The time.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="service">The service's description; null for the host itself.</param>
    /// <param name="problem">Why not; empty otherwise.</param>
    public CheckToRun? Prepare(EngineTime now, string host, string? service, out string problem)
    {
        problem = "";
        var site = _state.Site;
        if (Find(site, host, service) is not { } id)
        {
            problem = service is null || site.Objects.FindHost(host) is null
                ? $"there is no host '{ConfigurationText.Readable(host)}'"
                : $"host '{ConfigurationText.Readable(host)}' has no service '{ConfigurationText.Readable(service)}'";
            return null;
        }

        var settings = site.Effective(id);
        if (_state.Blocked.Has(site.Objects, settings.Definition))
        {
            problem = "it is in a host group of ipc_blocked_hostgroups, whose hosts this node does not check";
            return null;
        }

        if (settings.CheckCommand is not { } command)
        {
            problem = "it has no check command";
            return null;
        }

        if (site.Macros.Expand(settings.Definition, command, now) is not { } commandLine)
        {
            problem = $"its command line is longer than {EngineLimits.CommandLine} bytes";
            return null;
        }

        return new CheckToRun(id, commandLine, settings.Checking.CheckTimeout, default) { Environment = site.Macros.Environment() };
    }

    private static CheckableId? Find(EngineSite site, string host, string? service)
    {
        if (service is null)
        {
            return site.Objects.FindHost(host) is { } found ? CheckableId.Of(found.Id) : null;
        }

        return site.MacroContext.FindService(host, service) is { } known ? CheckableId.Of(known.Id, site.Objects) : null;
    }
}
