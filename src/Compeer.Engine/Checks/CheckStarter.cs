using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Checks;

/// <summary>Starts the checks that are due.</summary>
internal sealed class CheckStarter(EngineState engine, ResultHandler results)
{
    private readonly SkippedChecks _skipped = new(engine);

    /// <summary>Starts everything due by now.</summary>
    public void StartDue(EngineTime now, Transition transition)
    {
        var site = engine.Site;
        while (site.Schedule.TryPeek(now.Monotonic, out var id, out var due))
        {
            var settings = site.Effective(id);
            var isForced = site.Schedule.IsForced(id) && !_skipped.IsBlocked(settings);
            if (isForced || site.Schedule.IsInPeriod(settings.Checking, now.Wall))
            {
                if (isForced || !_skipped.Skip(id, settings, due, now, transition))
                {
                    Start(id, settings, due, now, transition);
                }

                continue;
            }

            // The wall clock was set back, or the period ended while the check waited to be taken.
            var planned = site.Schedule.Plan(id, settings.Checking, now.Monotonic, now);
            engine.Emit(MonitoringEvent.Planned(now, id, planned.Due, planned.WaitsForPeriod), transition);
        }
    }

    private void Start(CheckableId id, in EffectiveSettings settings, TimeSpan due, EngineTime now, Transition transition)
    {
        var commandLine = engine.Site.Macros.Expand(settings.Definition, settings.CheckCommand!, now);
        var environment = engine.Site.Macros.Environment();
        var run = engine.Running.NextRun;
        var reason = engine.Site.Schedule.IsForFreshness(id) ? MonitoringEvent.ForFreshness : 0;
        engine.Emit(MonitoringEvent.Started(now, id, run, due) with { Code = reason }, transition);
        if (commandLine is not null)
        {
            var check = new CheckToRun(id, commandLine, settings.Checking.CheckTimeout, run);
            transition.Checks.Add(check with { Environment = environment });
            return;
        }

        // What the kernel would say to a command line that is too long (E2BIG), said here.
        const int TooLong = 7;
        var result = new CheckResult(CheckOutcome.NotStarted, TooLong, default, default, default, now.Wall, TimeSpan.Zero);
        results.Take(now, id, result with { Run = run }, transition);
    }
}
