using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Checks;

/// <summary>
/// Checks that are due and left out, because of dependencies, of parents, of the host or of a switch of the program: rules of Naemon's
/// <c>handle_service_check_event</c> and <c>run_async_host_check</c>. The object gets its next turn, and the state that the
/// configuration wants for such a case.
/// </summary>
internal sealed class SkippedChecks(EngineState engine)
{
    private static readonly byte[] HostDependency = "(host dependency check failed)"u8.ToArray();
    private static readonly byte[] ServiceDependency = "(service dependency check failed)"u8.ToArray();
    private static readonly byte[] ServiceParents = "(service parents failed)"u8.ToArray();
    private static readonly byte[] HostIsDown = "(host is down)"u8.ToArray();

    /// <summary>Whether this node may not make it, whatever asks for it: Merlin's module cancels it at this point.</summary>
    public bool IsBlocked(in EffectiveSettings settings) => engine.Blocked.Has(engine.Site.Objects, settings.Definition);

    /// <summary>Leaves the check out when something stands against it; false when it is to run.</summary>
    public bool Skip(CheckableId id, in EffectiveSettings settings, TimeSpan due, EngineTime now, Transition transition)
    {
        var site = engine.Site;
        var before = site.States[id.Index];
        var after = before;
        var canBeChecked = settings.CanBeChecked && !IsBlocked(settings);
        if (canBeChecked)
        {
            if (Reason(settings.Definition, before, now.Wall) is not var (words, status))
            {
                return false;
            }

            after = status >= 0 ? Marked(before, (byte)status, words) : before;
        }

        // A host is tried again after retry_interval, all else at its next turn (Naemon).
        var isRetry = settings.IsHost && canBeChecked;
        var check = new RunningCheck(default, settings.IsHost, due, now.Monotonic) { Turn = site.Schedule.Turn(id, due) };
        var next = site.Schedule.PlanNext(id, settings.Checking, isRetry, check, now.Monotonic, now);
        engine.Emit(MonitoringEvent.Planned(now, id, next.Due, next.WaitsForPeriod) with { Turn = next.Turn }, transition);

        // The others are to see the next turn, too, and whoever comes after this owner. It goes out in this node's name, so its times are
        // by this node's clock.
        if (before.HasBeenChecked || !ReferenceEquals(before, after))
        {
            var written = after.ByClock(site.Clocks.Ahead(id));
            engine.Emit(MonitoringEvent.Fitted(now, id, written with { NextCheckTicks = next.WallTicks(now) }), transition);
        }

        return true;
    }

    private (byte[] Words, int Status)? Reason(CheckableDefinition subject, CheckState state, DateTimeOffset wall)
    {
        var site = engine.Site;
        var rules = site.Main.SkippedChecks;
        var isHeldBack = site.Dependencies.IsHeldBack(subject, DependencyKind.Execution, wall);
        if (subject is not ServiceDefinition service)
        {
            // 3 is no state of a host.
            var keepsRunning = rules.HostDependencyStatus == SkippedCheckVariables.KeepRunningWhenUp && state.State == HostState.Up;
            var status = rules.HostDependencyStatus > HostState.Unreachable ? SkippedCheckVariables.KeepState : rules.HostDependencyStatus;
            return isHeldBack && !keepsRunning ? (HostDependency, status) : null;
        }

        if (isHeldBack && !(KeepsRunning(rules.ServiceDependencyStatus, state) && state.HasBeenChecked))
        {
            return (ServiceDependency, rules.ServiceDependencyStatus);
        }

        if (rules.WhenParentsFail && HaveFailed(service, state) && !KeepsRunning(rules.ServiceDependencyStatus, state))
        {
            return (ServiceParents, rules.ServiceDependencyStatus);
        }

        return rules.WhenHostIsDown && site.HostState(service.Host).State != HostState.Up && !KeepsRunning(rules.HostDownStatus, state)
            ? (HostIsDown, rules.HostDownStatus)
            : null;
    }

    private static bool KeepsRunning(int status, CheckState state) =>
        status == SkippedCheckVariables.KeepRunningWhenUp && state.State <= PluginState.Warning;

    /// <summary>Whether a service with a problem has parents that all have one.</summary>
    private bool HaveFailed(ServiceDefinition service, CheckState state)
    {
        var hasFailed = !service.Parents.IsEmpty && state.State != PluginState.Ok;
        foreach (var parent in service.Parents)
        {
            hasFailed &= engine.Site.States[CheckableId.Of(parent.Id, engine.Site.Objects).Index].State != PluginState.Ok;
        }

        return hasFailed;
    }

    /// <summary>The state that the object has from now on, without an alert, and its output says why.</summary>
    private static CheckState Marked(CheckState before, byte status, byte[] words)
    {
        if (before.Output.IndexOf(words) >= 0)
        {
            return before.State == status ? before : before with { State = status };
        }

        byte[] output = [.. words, .. " was: "u8, .. before.Output];
        output = output.Length <= EngineLimits.TextPart ? output : output[..EngineLimits.TextPart];
        return before with
        {
            State = status,
            Text = (byte[])[.. output, .. before.LongOutput, .. before.PerformanceData],
            OutputLength = output.Length,
        };
    }
}
