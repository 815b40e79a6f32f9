using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Dependencies;

/// <summary>What a host's problem is: its own, or that of the way to it (Naemon <c>determine_host_reachability</c>).</summary>
internal static class Reachability
{
    /// <summary>DOWN when the host has no parents or one of them is UP; UNREACHABLE when none is, soft or hard.</summary>
    /// <param name="host">The host with a problem.</param>
    /// <param name="stateOf">The states of its parents; those that other peers check are known from them.</param>
    public static byte OfProblem(HostDefinition host, Func<HostDefinition, CheckState> stateOf)
    {
        foreach (var parent in host.Parents)
        {
            if (stateOf(parent).State == HostState.Up)
            {
                return HostState.Down;
            }
        }

        return host.Parents.IsEmpty ? HostState.Down : HostState.Unreachable;
    }
}
