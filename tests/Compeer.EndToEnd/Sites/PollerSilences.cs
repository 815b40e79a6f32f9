using Compeer.EndToEnd.Cluster;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>
/// A poller falls silent without its end being told: its cable is pulled, so that nothing that is sent to it is answered or refused, or
/// it is suspended. Its masters own its checks in time, none is left out, and when it is back it has them again and nothing runs twice.
/// </summary>
/// <param name="nodes">The nodes, of which all work.</param>
/// <param name="poller">The poller, alone in its group.</param>
/// <param name="hosts">The hosts that it has.</param>
internal sealed class PollerSilences(FiveNodes nodes, Host poller, string[] hosts)
{
    /// <summary>Within this time from its last word its checks are the masters': 3 s of silence, and a moment to agree.</summary>
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(4);

    /// <summary>What is due by then is spread over a tenth of its interval, and a process is started.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    /// <summary>How long after its time a check may run when it changes hands.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private readonly string[] _objects = [.. FiveNodes.ObjectsOf(hosts)];

    /// <summary>Loses the poller in each way.</summary>
    public async Task RunAsync()
    {
        await LoseAsync("its cable is pulled", () => nodes.CutAsync([poller]), () => nodes.HealAsync([poller]), goesOn: true);
        await LoseAsync("it is suspended", () => Done(poller.Suspend), () => Done(poller.Resume), goesOn: false);

        static Task Done(Action action)
        {
            action();
            return Task.CompletedTask;
        }
    }

    private async Task LoseAsync(string how, Func<Task> lose, Func<Task> restore, bool goesOn)
    {
        var phase = $"{poller.Name}: {how}";
        await nodes.AreCheckedOnlyAtAsync(phase, hosts, poller);
        var lostAt = TracedPlugin.Now;
        await lose();
        // Each is run twice at the masters, the first time in time.
        await Eventually.HoldsAsync(
            phase, "the masters check all twice", (2 * FiveNodes.Interval) + Late + Limits.Moment,
            () => AtMasters(lostAt).CountBy(run => run.Object).ToDictionary() is var runs
                && Array.Find(_objects, name => runs.GetValueOrDefault(name) < 2) is { } idle ? idle : null);
        var restoredAt = TracedPlugin.Now;
        Array.ForEach(_objects, name => AssertInTime(phase, name, lostAt));
        RunsOfChecks.AssertNoneLeftOut(
            [.. nodes.Runs().Where(run => run.StartedAt < lostAt || run.Node != poller.Name)],
            _objects, lostAt, restoredAt, FiveNodes.Interval + Late);
        RunsOfChecks.AssertNoneTwice(AtMasters(lostAt), FiveNodes.Interval / 2);
        Assert.Equal(goesOn, nodes.Runs().Any(run => run.Node == poller.Name && run.StartedAt > lostAt + FiveNodes.Interval));

        await restore();

        // A second after it goes on it knows that it was away, and what was in flight in it has ended.
        var awake = TracedPlugin.Now + TimeSpan.FromSeconds(1);
        await nodes.AreCheckedOnlyAtAsync($"{phase}, and back", hosts, poller);
        var together = TracedPlugin.Now;
        await Eventually.HoldsAsync(
            $"{phase}, and back", "it checks all twice", (2 * FiveNodes.Interval) + Limits.Moment,
            () => nodes.Runs().Where(run => run.StartedAt > together).CountBy(run => run.Object).ToDictionary() is var runs
                && Array.Find(_objects, name => runs.GetValueOrDefault(name) < 2) is { } idle ? idle : null);
        RunsOfChecks.AssertNoneTwice(
            nodes.Runs().Where(run => _objects.Contains(run.Object) && run.StartedAt > (goesOn ? together : awake)),
            FiveNodes.Interval / 2);
        RunsOfChecks.AssertNoneLeftOut(nodes.Runs(), _objects, restoredAt, TracedPlugin.Now, FiveNodes.Interval + Late);
        Assert.Empty(AtMasters(together));
    }

    private IEnumerable<PluginRun> AtMasters(TimeSpan from) => nodes.Runs().Where(run =>
        run.StartedAt > from && run.Node != poller.Name && _objects.Contains(run.Object));

    /// <summary>Fails unless a check that fell due before the takeover ran at once behind it, and any other when it was due.</summary>
    private void AssertInTime(string phase, string name, TimeSpan lostAt)
    {
        var due = nodes.Runs().Last(run => run.Object == name && run.StartedAt < lostAt).StartedAt + FiveNodes.Interval;
        var limit = (due > lostAt + Takeover ? due : lostAt + Takeover) + AtOnce + LostTime.Since(lostAt);
        var first = AtMasters(lostAt).First(run => run.Object == name);
        Assert.True(
            first.StartedAt < limit,
            $"{phase}: {name} ran at {first.Node} {(first.StartedAt - lostAt).TotalSeconds:0.00} s after it was lost, and was to run "
            + $"{(limit - lostAt).TotalSeconds:0.00} s after that at the latest");
    }
}
