using System.Diagnostics;
using System.Globalization;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Benchmarks;

/// <summary>What the turns of an engine cost, a hundred a second, while the checks that fall due are switched off, and beside them those of
/// an engine in which nothing is due.</summary>
internal static class SwitchedOff
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    /// <param name="hosts">Hosts, with ten services each; all are checked each minute.</param>
    /// <param name="minutes">How long it goes on, simulated.</param>
    public static void Print(int hosts, int minutes)
    {
        (var main, var objects) = GeneratedConfiguration.Compile(hosts);
        var engine = new MonitoringEngine(new EngineConfiguration(main, objects, ZoneRules.Utc));
        var transition = new Transition();
        var now = new EngineTime(TimeSpan.FromDays(1), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        engine.Command(now, "[0] STOP_EXECUTING_SVC_CHECKS"u8, transition);
        engine.Command(now, "[0] STOP_EXECUTING_HOST_CHECKS"u8, transition);
        (now, _, _) = Run(engine, now, TimeSpan.FromMinutes(1), transition);
        (now, var idle, _) = Run(engine, now, TimeSpan.FromMinutes(1), transition);
        engine.Gain(now, [.. Enumerable.Range(0, engine.Count).Select(i => new CheckableId(i))], TimeSpan.Zero, transition);
        (now, _, _) = Run(engine, now, TimeSpan.FromMinutes(1), transition);
        var (_, busy, skipped) = Run(engine, now, TimeSpan.FromMinutes(minutes), transition);
        var turns = TimeSpan.FromMinutes(minutes) / Turn;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine.Count} objects, a minute apart, switched off: {busy.TotalMicroseconds / turns:0.0} us a turn with "
            + $"{skipped / turns:0.0} left out, {busy.TotalMicroseconds / skipped:0.00} us for each; a turn with nothing due "
            + $"{idle.TotalMicroseconds / (TimeSpan.FromMinutes(1) / Turn):0.00} us"));
    }

    private static (EngineTime Now, TimeSpan Took, long Events) Run(
        MonitoringEngine engine, EngineTime now, TimeSpan length, Transition transition)
    {
        var (began, events) = (Stopwatch.GetTimestamp(), 0L);
        for (var passed = TimeSpan.Zero; passed < length; passed += Turn)
        {
            now = new EngineTime(now.Monotonic + Turn, now.Wall + Turn);
            engine.Advance(now, transition);
            if (transition.Checks.Count > 0)
            {
                throw new InvalidOperationException("a check that is switched off was started");
            }

            events += transition.Events.Count;
            transition.Clear();
        }

        return (now, Stopwatch.GetElapsedTime(began), events);
    }
}
