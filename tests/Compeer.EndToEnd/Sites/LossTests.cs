using System.Globalization;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Cluster;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>A peer is lost without a word, or its disk is full, or it is killed at the worst moment; and all is well afterwards.</summary>
public sealed partial class LossTests : PeersTest
{
    private const string Journal = "/opt/monitor/var/configuration/installing.json";

    /// <summary>A host that is lost without a word is missed, and its checks are the others'.</summary>
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Host_CutOffBothWaysAndOneWayAndSuspended_IsReplacedInTimeAndNothingRunsTwiceAfterwards()
    {
        await MakePeersAsync(Peer01, Peer02, Peer03);

        await LoseAsync("cut off", Peer02, () => Network.CutAsync(Peer02), () => Network.HealAsync(Peer02), goesOn: true);
        await LoseAsync("not heard", Peer03, () => Network.MuteAsync(Peer03), () => Network.UnmuteAsync(Peer03), goesOn: true);
        await LoseAsync("suspended", Peer02, () => Done(Peer02.Suspend), () => Done(Peer02.Resume), goesOn: false);

        static Task Done(Action action)
        {
            action();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Peer_DiskFullOrKilledAmidASwap_HasTheConfigurationOfTheOthersInTheEnd()
    {
        await MakePeersAsync(Peer01, Peer02, Peer03);
        await FillDiskAsync();
        await KillAmidSwapAsync();
    }

    /// <param name="phase">What happens to it.</param>
    /// <param name="victim">Who is lost.</param>
    /// <param name="lose">Makes it so.</param>
    /// <param name="restore">Ends it.</param>
    /// <param name="goesOn">Whether it monitors everything by itself meanwhile.</param>
    private async Task LoseAsync(string phase, Host victim, Func<Task> lose, Func<Task> restore, bool goesOn)
    {
        Host[] others = [.. Network.Hosts.Where(host => host != victim)];
        var lostAt = TracedPlugin.Now;
        await lose();
        foreach (var host in others)
        {
            await Eventually.HoldsAsync(
                $"{victim.Name} is {phase}",
                $"{host.Name} shows the whole site shared by the two others",
                Takeover,
                async () => await host.RunAsync("mon", "node", "status") is var status && Halves().Count(status.Output) == 2
                    && status.Output.Contains("INACTIVE", StringComparison.Ordinal) ? null : status.ToString());
        }

        await Site.HasGoneRoundAsync($"{victim.Name} is {phase}");
        var restoredAt = TracedPlugin.Now;
        AssertNoneLeftOut(run => run.Node != victim.Name || run.StartedAt < lostAt);
        if (goesOn)
        {
            AssertNoneLeftOut(run => run.Node == victim.Name || run.StartedAt < lostAt);
        }

        await restore();
        var awake = TracedPlugin.Now + TimeSpan.FromSeconds(1);
        await ShareAsync($"{victim.Name} is back, was {phase}", Peer01, Peer02, Peer03);
        var together = TracedPlugin.Now;
        await Site.HasGoneRoundAsync($"{victim.Name} is back, was {phase}");
        await Site.HasGoneRoundAsync($"{victim.Name} is back, was {phase}");
        RunsOfChecks.AssertNoneTwice(
            Site.Runs().Where(run => run.StartedAt > (goesOn ? together : awake)), RecordedSite.Interval / 2);
        RunsOfChecks.AssertNoneLeftOut(
            Site.Runs(), RecordedSite.Names, restoredAt, TracedPlugin.Now, RecordedSite.Interval + Unplanned);

        void AssertNoneLeftOut(Func<PluginRun, bool> counts) => RunsOfChecks.AssertNoneLeftOut(
            [.. Site.Runs().Where(counts)], RecordedSite.Names, lostAt, restoredAt, RecordedSite.Interval + Unplanned);
    }

    /// <summary>peer02 has no room for what is taken up elsewhere: it says so and goes on; with room it follows.</summary>
    private async Task FillDiskAsync()
    {
        (await Peer02.ShellAsync(
            """
            set -e
            mon stop
            cp -a /opt/monitor/var /tmp/var
            mount -t tmpfs -o size=16m,mode=755 tmpfs /opt/monitor/var
            cp -a /tmp/var/. /opt/monitor/var
            chown --reference=/tmp/var /opt/monitor/var
            mon start
            """)).Expect(0);
        await ShareAsync("a small disk", Peer01, Peer02, Peer03);
        await Site.HasGoneRoundAsync("a small disk");
        var from = TracedPlugin.Now;
        await Peer02.ShellAsync("cat /dev/zero >/opt/monitor/var/filler");
        await File.AppendAllTextAsync(Peer01.File(FileOf("h01.cfg")), "# made while a disk was full\n");
        (await Peer01.RunAsync("mon", "reload")).Expect(0);
        await HaveAsync("a full disk at peer02", Limits.Moment, FileOf("h01.cfg"), "# made while a disk was full", Peer03);
        foreach (var host in (Host[])[Peer01, Peer02])
        {
            await Eventually.HoldsAsync(
                "a full disk at peer02",
                $"{host.Name} says that peer02 is not in step, and why",
                Limits.Moment,
                async () => await host.RunAsync("mon", "node", "status") is { ExitCode: 1 } status
                    && status.Output.Contains("no space is left", StringComparison.Ordinal) ? null : "it does not");
        }

        await Site.HasGoneRoundAsync("a full disk at peer02");
        (await Peer02.RunAsync("rm", "/opt/monitor/var/filler")).Expect(0);

        // What was refused is tried again, at first after 5 s, then more seldom, down to once a minute.
        await HaveAsync(
            "the disk has room again", TimeSpan.FromMinutes(2), FileOf("h01.cfg"), "# made while a disk was full", Peer02);
        await ShareAsync("the disk has room again", Peer01, Peer02, Peer03);
        await Site.HasGoneRoundAsync("the disk has room again");
        AssertCheckedByOne(from, TracedPlugin.Now, Planned, Peer01, Peer02, Peer03);
    }

    /// <summary>peer03 is killed after it began to replace files: its next start finishes that.</summary>
    private async Task KillAmidSwapAsync()
    {
        var pid = MondOf(Peer03);
        (await Peer01.ShellAsync(
            $"cd {FileOf("")} && for i in $(seq 2000); do echo \"# $i\" >more$i.cfg; done; chown --reference=. *; mon reload")).Expect(0);
        await Eventually.HoldsAsync(
            "many files are replaced at peer03",
            "it has written down that it does so",
            Limits.Moment,
            () => File.Exists(Peer03.File(Journal)) && Native.Signal(pid, Native.Kill) ? null : "not yet");
        Assert.True(File.Exists(Peer03.File(Journal)), "it was done before it was killed");

        (await Peer03.RunAsync("mon", "start")).Expect(0);

        await HaveAsync("killed amid a swap and started", Limits.Agreement, FileOf("more2000.cfg"), "# 2000", Peer01, Peer02, Peer03);
        await ShareAsync("killed amid a swap and started", Peer01, Peer02, Peer03);
        Assert.Equal("2013\n", (await Peer03.ShellAsync($"ls -A {FileOf("")} | wc -l")).Output);
        Assert.False(File.Exists(Peer03.File(Journal)));
    }

    /// <summary>The daemon of a host, as it is numbered outside.</summary>
    private static int MondOf(Host host) =>
        host.Outside(int.Parse(host.Read("/opt/monitor/var/mond.pid"), CultureInfo.InvariantCulture));

    [GeneratedRegex("^Host checks .*: 6, [0-9]+, 12 ", RegexOptions.Multiline)]
    private static partial Regex Halves();
}
