using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>What the trace of all runs says about checks left out and checks run twice.</summary>
internal static class RunsOfChecks
{
    /// <summary>Two runs of one object, one after the other.</summary>
    public static IEnumerable<(PluginRun Earlier, PluginRun Later, TimeSpan Gap)> Pairs(IEnumerable<PluginRun> runs) => runs
        .GroupBy(run => run.Object)
        .SelectMany(group => group.Zip(group.Skip(1), (earlier, later) => (earlier, later, later.StartedAt - earlier.StartedAt)));

    /// <summary>Fails when two runs of an object are closer than <paramref name="least"/>: see <see cref="Twice"/>.</summary>
    public static void AssertNoneTwice(IEnumerable<PluginRun> runs, TimeSpan least)
    {
        var problem = Twice(runs, least);
        Assert.True(problem.Length == 0, problem);
    }

    /// <summary>Fails when an object was left out: see <see cref="LeftOut"/>.</summary>
    public static void AssertNoneLeftOut(
        IReadOnlyList<PluginRun> runs, IEnumerable<string> objects, TimeSpan from, TimeSpan to, TimeSpan most)
    {
        var problem = LeftOut(runs, objects, from, to, most);
        Assert.True(problem.Length == 0, problem);
    }

    /// <summary>Runs of an object that are closer than <paramref name="least"/>, but for what the start of the earlier was late because the
    /// machine was busy; empty when there are none. That nothing ran twice at all is a finding, too.</summary>
    public static string Twice(IEnumerable<PluginRun> runs, TimeSpan least)
    {
        IReadOnlyList<PluginRun> all = [.. runs];
        var pairs = Pairs(all).ToList();
        if (pairs.Count == 0)
        {
            return $"nothing was run a second time in {all.Count} runs";
        }

        var first = all.Min(run => run.StartedAt);
        least = least - LostTime.Since(first) is var shorter && shorter > least / 4 ? shorter : least / 4;
        string[] close =
        [
            .. pairs.Where(pair => pair.Gap < least).Select(pair =>
                $"{pair.Earlier.Object} was run by {pair.Earlier.Node} {(pair.Earlier.StartedAt - first).TotalSeconds:0.000} s after "
                + $"the first run of all, and {pair.Gap.TotalSeconds:0.000} s later by {pair.Later.Node}"),
        ];
        return close.Length == 0 ? "" : $"{close.Length} of {pairs.Count} runs too soon:\n{string.Join('\n', close)}";
    }

    /// <summary>Objects that were not run for longer than <paramref name="most"/> between two moments, longer by what the machine was busy;
    /// empty when there are none.</summary>
    public static string LeftOut(
        IReadOnlyList<PluginRun> runs, IEnumerable<string> objects, TimeSpan from, TimeSpan to, TimeSpan most)
    {
        var ofObject = runs.Where(run => run.StartedAt > from && run.StartedAt < to).ToLookup(run => run.Object);
        var late = new List<string>();
        most += LostTime.Since(from);
        foreach (var name in objects)
        {
            (var last, var by) = (from, "the begin");
            foreach ((var start, var node) in ofObject[name].Select(run => (run.StartedAt, run.Node)).Append((to, "the end")))
            {
                if (start - last > most)
                {
                    late.Add($"{name} was not run for {(start - last).TotalSeconds:0.000} s, from {(last - from).TotalSeconds:0.000} s "
                        + $"({by}) to {(start - from).TotalSeconds:0.000} s ({node})");
                }

                (last, by) = (start, node);
            }
        }

        return late.Count == 0 ? "" : $"longer than {most.TotalSeconds:0.0} s unchecked:\n{string.Join('\n', late)}";
    }

    /// <summary>What is wrong when a change of a service was to be told of so many times, and nothing else of it; empty when nothing
    /// is.</summary>
    /// <param name="notifications">All that was told meanwhile, of objects and types: <c>xwing:s=PROBLEM</c>.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="type">What is to be told: <c>PROBLEM</c> or <c>RECOVERY</c>.</param>
    /// <param name="times">How often.</param>
    public static string WronglyTold(IEnumerable<PluginRun> notifications, string service, string type, int times)
    {
        PluginRun[] told = [.. notifications.Where(run => run.Object.StartsWith($"{service}=", StringComparison.Ordinal))];
        return told.Length == times && Array.TrueForAll(told, run => run.Object == $"{service}={type}") ? ""
            : $"{times} times {service}={type} is to be told, but:\n{string.Join('\n', told.AsEnumerable())}";
    }
}
