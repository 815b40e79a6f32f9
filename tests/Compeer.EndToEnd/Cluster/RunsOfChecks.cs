using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>What the trace of all runs says about checks left out and checks run twice.</summary>
internal static class RunsOfChecks
{
    /// <summary>Two runs of one object, one after the other.</summary>
    public static IEnumerable<(PluginRun Earlier, PluginRun Later, TimeSpan Gap)> Pairs(IEnumerable<PluginRun> runs) => runs
        .GroupBy(run => run.Object)
        .SelectMany(group => group.Zip(group.Skip(1), (earlier, later) => (earlier, later, later.StartedAt - earlier.StartedAt)));

    /// <summary>Fails when two runs of an object are closer than <paramref name="least"/>, but for what the start of the earlier was
    /// late because the machine was busy.</summary>
    public static void AssertNoneTwice(IEnumerable<PluginRun> runs, TimeSpan least)
    {
        IReadOnlyList<PluginRun> all = [.. runs];
        var pairs = Pairs(all).ToList();
        Assert.NotEmpty(pairs);
        var first = all.Min(run => run.StartedAt);
        least = least - LostTime.Since(first) is var shorter && shorter > least / 4 ? shorter : least / 4;
        string[] close =
        [
            .. pairs.Where(pair => pair.Gap < least).Select(pair =>
                $"{pair.Earlier.Object} was run by {pair.Earlier.Node} {(pair.Earlier.StartedAt - first).TotalSeconds:0.000} s after "
                + $"the first run of all, and {pair.Gap.TotalSeconds:0.000} s later by {pair.Later.Node}"),
        ];
        Assert.True(close.Length == 0, $"{close.Length} of {pairs.Count} runs too soon:\n{string.Join('\n', close)}");
    }

    /// <summary>Fails when an object was not run for longer than <paramref name="most"/> between two moments, longer by what the
    /// machine was busy.</summary>
    public static void AssertNoneLeftOut(
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

        Assert.True(late.Count == 0, $"longer than {most.TotalSeconds:0.0} s unchecked:\n{string.Join('\n', late)}");
    }
}
