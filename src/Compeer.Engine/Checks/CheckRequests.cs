using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Dependencies;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Checks;

/// <summary>
/// Checks on demand: what a result says about others is looked at now instead of at their next turn. Rules of Naemon's
/// <c>process_host_check_result</c>, <c>handle_async_service_check_result</c> and <c>run_async_host_check</c>.
/// </summary>
internal sealed class CheckRequests(EngineState engine)
{
    /// <summary>Asks for the checks that a new state makes interesting.</summary>
    public void Follow(
        in EffectiveSettings settings, CheckState before, CheckState after, EngineTime now, Transition transition)
    {
        if (settings.Definition is ServiceDefinition service)
        {
            AskForHost(service, before, after, now, transition);
            AskForMasters(service, settings.Checking, after, now, transition);
        }
        else if (before.State != HostState.Up || after.State != HostState.Up)
        {
            AskForNeighbours((HostDefinition)settings.Definition, settings.Checking, before, after, now, transition);
        }
    }

    /// <summary>Brings the check of an object forward, here or by asking its owner.</summary>
    public CheckRequestOutcome Request(CheckableId id, CheckRequestReason reason, EngineTime now, Transition transition)
    {
        var site = engine.Site;
        if (!site.IsOwned[id.Index])
        {
            return AskOwner(id, reason, now, transition);
        }

        var settings = site.Effective(id);
        if (!settings.CanBeChecked)
        {
            return CheckRequestOutcome.NotChecked;
        }

        if (engine.Running.Contains(id))
        {
            return CheckRequestOutcome.InFlight;
        }

        var planned = site.Schedule.Due(id);
        var checking = settings.Checking;
        var horizon = settings.IsHost ? site.Main.CachedHostCheckHorizon : site.Main.CachedServiceCheckHorizon;
        if (CheckAge.IsWithin(site.States[id.Index], horizon, now.Wall, site.Clocks.Ahead(id)))
        {
            return settings.IsHost && checking.RetryInterval > TimeSpan.Zero && site.Schedule.IsInPeriod(checking, now.Wall)
                ? BringForward(
                    id, checking, planned, checking.RetryInterval, now, CheckRequestOutcome.AfterRetryInterval, transition)
                : CheckRequestOutcome.Recent;
        }

        return site.Schedule.IsInPeriod(checking, now.Wall)
            ? BringForward(id, checking, planned, TimeSpan.Zero, now, CheckRequestOutcome.Now, transition)
            : CheckRequestOutcome.OutsidePeriod;
    }

    private CheckRequestOutcome BringForward(
        CheckableId id,
        CheckSettings checking,
        TimeSpan? planned,
        TimeSpan delay,
        EngineTime now,
        CheckRequestOutcome outcome,
        Transition transition)
    {
        var due = now.Monotonic + delay;
        if (planned <= due)
        {
            return CheckRequestOutcome.AlreadyDue;
        }

        var forward = engine.Site.Schedule.Plan(id, checking, due, now);
        engine.Emit(MonitoringEvent.Planned(now, id, forward.Due, forward.WaitsForPeriod), transition);
        return outcome;
    }

    private CheckRequestOutcome AskOwner(CheckableId id, CheckRequestReason reason, EngineTime now, Transition transition)
    {
        if (engine.Asked.IsRecent(id, now.Monotonic))
        {
            return CheckRequestOutcome.AskedAlready;
        }

        engine.Emit(MonitoringEvent.Asked(now, id), transition);
        transition.Requests.Add(new CheckRequest(id, reason));
        return CheckRequestOutcome.OwnerAsked;
    }

    private void AskForHost(
        ServiceDefinition service, CheckState before, CheckState after, EngineTime now, Transition transition)
    {
        var site = engine.Site;
        var host = CheckableId.Of(service.Host.Id);
        var dueIn = site.Schedule.Due(host) - now.Monotonic;
        var isOwned = site.IsOwned[host.Index];
        var state = site.States[host.Index];

        // When another peer checks a host is that peer's business.
        var isPlanned = !isOwned || dueIn <= HostCheckDemand.Soon;
        if (HostCheckDemand.IsWanted(
            before,
            after.State,
            state.ByClock(site.Clocks.Ahead(host)),
            site.Effective(host).Checking.InitialState,
            isPlanned,
            site.Main.CachedHostCheckHorizon,
            now.Wall))
        {
            Request(host, CheckRequestReason.HostOfService, now, transition);
        }
    }

    /// <summary>Before the last check of a service's problem, the services that it depends on: what becomes of the problem
    /// depends on their states.</summary>
    private void AskForMasters(
        ServiceDefinition service, CheckSettings checking, CheckState after, EngineTime now, Transition transition)
    {
        var site = engine.Site;
        if (!site.Main.PredictiveServiceDependencyChecks || after.State == PluginState.Ok
            || after.Attempt != checking.MaxCheckAttempts - 1)
        {
            return;
        }

        foreach (var dependency in DependencyMasters.Of(site.Objects.ServiceDependencies, service.Id))
        {
            var master = CheckableId.Of(dependency.Master.Id, site.Objects);
            Request(master, CheckRequestReason.DependencyMaster, now, transition);
        }
    }

    private void AskForNeighbours(
        HostDefinition host, CheckSettings checking, CheckState before, CheckState after, EngineTime now, Transition transition)
    {
        var site = engine.Site;
        foreach (var parent in host.Parents)
        {
            var id = CheckableId.Of(parent.Id);
            if (HostPropagation.WantsParent(before.State, after.State, site.States[id.Index].State))
            {
                Request(id, CheckRequestReason.Parent, now, transition);
            }
        }

        foreach (var child in site.Children.Of(host.Id))
        {
            var id = CheckableId.Of(child);
            if (HostPropagation.WantsChild(before.State, after.State, site.States[id.Index].State))
            {
                Request(id, CheckRequestReason.Child, now, transition);
            }
        }

        // Naemon looks at the attempt where a host leaves UP, so that it applies to max_check_attempts 2 only.
        var isBeforeLast = before.State == HostState.Up && after.Attempt == checking.MaxCheckAttempts - 1;
        if (!isBeforeLast || !site.Main.PredictiveHostDependencyChecks)
        {
            return;
        }

        foreach (var dependency in DependencyMasters.Of(site.Objects.HostDependencies, host.Id))
        {
            Request(CheckableId.Of(dependency.Master.Id), CheckRequestReason.DependencyMaster, now, transition);
        }
    }
}
