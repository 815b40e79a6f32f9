using Compeer.Engine.States;

namespace Compeer.Engine.Dependencies;

/// <summary>
/// Which neighbours of a host its new state makes worth a look at once (Naemon <c>process_host_check_result</c>): whether a
/// problem is the host's own or that of the way to it shows at its parents, and whether it blocks the way shows at its
/// children.
/// </summary>
internal static class HostPropagation
{
    /// <summary>Whether a parent is checked.</summary>
    /// <param name="before">The host's state before the result.</param>
    /// <param name="after">Its state after it.</param>
    /// <param name="parent">The parent's state.</param>
    public static bool WantsParent(byte before, byte after, byte parent) =>
        IsRecovery(before, after) ? parent != HostState.Up : IsNewProblem(before, after) && parent == HostState.Up;

    /// <summary>Whether a child is checked.</summary>
    /// <param name="before">The host's state before the result.</param>
    /// <param name="after">Its state after it.</param>
    /// <param name="child">The child's state.</param>
    public static bool WantsChild(byte before, byte after, byte child) =>
        IsRecovery(before, after) ? child != HostState.Up : IsNewProblem(before, after) && child != HostState.Unreachable;

    private static bool IsRecovery(byte before, byte after) => before != HostState.Up && after == HostState.Up;

    private static bool IsNewProblem(byte before, byte after) => before == HostState.Up && after != HostState.Up;
}
