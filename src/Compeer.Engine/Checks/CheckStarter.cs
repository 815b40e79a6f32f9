using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Checks;

/// <summary>Starts the checks that are due.</summary>
internal sealed class CheckStarter(EngineState engine, ResultHandler results)
{
    /// <summary>Starts everything due by now.</summary>
    public void StartDue(EngineTime now, Transition transition)
    {
        var site = engine.Site;
        while (site.Schedule.TryTake(now.Monotonic, out var id, out var due))
        {
            if (site.Schedule.IsInPeriod(id, now.Wall))
            {
                Start(id, site.Table[id], due, now, transition);
            }
            else
            {
                // The wall clock was set back, or the period ended while the check waited to be taken.
                site.Schedule.Set(id, now.Monotonic, now);
            }
        }
    }

    private void Start(CheckableId id, CheckableDefinition definition, TimeSpan due, EngineTime now, Transition transition)
    {
        var site = engine.Site;
        var commandLine = site.Macros.Expand(definition, definition.CheckCommand!, now);
        var check = engine.Running.Start(id, site.Table.IsHost(id), due, now.Monotonic);
        engine.Statistics(check.IsHost).Started();
        if (commandLine is not null)
        {
            transition.Checks.Add(new CheckToRun(id, commandLine, definition.Checking.CheckTimeout, check.Run));
            return;
        }

        // What the kernel would say to a command line that is too long (E2BIG), said here.
        const int TooLong = 7;
        var result = new CheckResult(CheckOutcome.NotStarted, TooLong, default, default, default, now.Wall, TimeSpan.Zero);
        results.Take(now, id, result with { Run = check.Run }, transition);
    }
}
