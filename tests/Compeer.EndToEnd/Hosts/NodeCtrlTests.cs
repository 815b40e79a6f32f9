using System.Diagnostics;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary><c>mon node ctrl</c> on real hosts, typed at a terminal.</summary>
public sealed class NodeCtrlTests : HostTest
{
    [Fact]
    public async Task Ctrl_TheSpecificationsForms_ReachWhomTheyName()
    {
        await KnowEachOtherAsync();

        var named = (await Terminal.TypeAsync("mon node ctrl peer02 -- mon node list")).Expect(0);
        Assert.Equal("peer02:\n  peer01\n  peer03\n", named.Shown);
        var bare = (await Terminal.TypeAsync("mon node ctrl peer03 mon node list")).Expect(0);
        Assert.Equal("peer03:\n  peer01\n  peer02\n", bare.Shown);
        var here = (await Terminal.TypeAsync("mon node ctrl --self -- hostname ; sleep 0 ; hostname")).Expect(0);
        Assert.Equal("peer01:\npeer01\npeer01\n", here.Shown);
        foreach (var all in (string[])["--", "--all --", "--type=peer --", "--type=peer,master", "peer02 peer03 --"])
        {
            var shown = (await Terminal.TypeAsync($"mon node ctrl {all} hostname")).Expect(0).Shown;
            Assert.Equal(["peer02: peer02", "peer03: peer03"], Lines(shown).Order());
        }

        var everywhere = (await Terminal.TypeAsync("mon node ctrl --self --all -- hostname")).Expect(0).Shown;
        Assert.Equal(["peer01: peer01", "peer02: peer02", "peer03: peer03"], Lines(everywhere).Order());
    }

    [Fact]
    public async Task Ctrl_Words_ArriveAsTyped()
    {
        await KnowEachOtherAsync();
        (string Typed, string Expected)[] cases =
        [
            ("mon node ctrl peer02 -- 'echo \"a  b\" | tr a-z A-Z; echo $(hostname)'", "A  B\npeer02\n"),
            ("mon node ctrl peer02 -- echo '$(hostname)'", "peer02\n"),
            ("mon node ctrl peer02 -- echo 'a  b' \"it's\"", "a  b it's\n"),
            ("mon node ctrl peer02 -- echo '\"$HOME\"' '|' cat", "/root\n"),
            ("mon node ctrl peer02 -- bash -c 'for x in 1 2; do echo $x; done'", "1\n2\n"),
            ("mon node ctrl peer02 -- 'echo ä > /tmp/foo' && mon node ctrl peer02 -- cat /tmp/foo", "peer02:\nä\n"),
            ("mon node ctrl peer02 -- mon node ctrl peer03 -- 'echo \"a  b\" on $(hostname)'", "peer03:\na  b on peer03\n"),
            ("mon node ctrl --self -- 'echo \"a  b\" | tr a-z A-Z; echo $(hostname)'", "A  B\npeer01\n"),
        ];
        foreach ((var typed, var expected) in cases)
        {
            var shown = (await Terminal.TypeAsync(typed)).Expect(0).Shown;
            Assert.Equal(expected, shown[(shown.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        }
    }

    [Fact]
    public async Task Ctrl_InputAndExitCodes_ArePassedThrough()
    {
        await KnowEachOtherAsync();

        (await Peer01.ShellAsync("head -c 300000 /dev/urandom >/tmp/in")).Expect(0);
        var bytes = (await Peer01.ShellAsync("mon node ctrl peer02 -- cat </tmp/in | cmp - /tmp/in")).Expect(0);
        Assert.Equal("peer02:\n", bytes.Error);
        var both = (await Peer01.ShellAsync("echo hello | mon node ctrl --all --self -- cat")).Expect(0);
        Assert.Equal(["hello", "hello", "hello"], Lines(both.Output));
        (await Terminal.TypeAsync("mon node ctrl peer02 -- exit 42")).Expect(42);
        (await Terminal.TypeAsync("mon node ctrl peer02 -- 'kill -TERM $$'")).Expect(143);
        (await Terminal.TypeAsync("mon node ctrl --self -- exit 7")).Expect(7);
        var some = (await Terminal.TypeAsync("mon node ctrl --all -- 'test $(hostname) = peer02 || exit 5'")).Expect(1);
        Assert.Equal("mon node ctrl: failed on peer03 (exit code 5)\n", some.Shown);
        var streams = await Peer01.ShellAsync("mon node ctrl --all -- 'echo out; echo err >&2'");
        Assert.Equal(["out", "out"], Lines(streams.Output));
        Assert.Equal(["peer02: err", "peer03: err"], Lines(streams.Error).Order());

        // What is typed ahead is for the shell.
        var ahead = (await Terminal.TypeAsync("mon node ctrl peer02 -- 'sleep 1; cat'\necho ahead")).Expect(0);
        await Eventually.HoldsAsync(
            "a line was typed ahead",
            "it runs",
            Limits.Moment,
            () => Terminal.Shown.Contains("]# ahead", StringComparison.Ordinal) ? null : ahead.Shown);
    }

    [Fact]
    public async Task Ctrl_Output_ComesAsItIsSaidAndLinesNeverMix()
    {
        await KnowEachOtherAsync();

        const string Loop = "for i in $(seq 300); do printf \"%s-\" $(hostname); echo \"$i aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"; done";
        var shown = (await Terminal.TypeAsync($"mon node ctrl --all -- '{Loop}'")).Expect(0).Shown;
        Assert.Equal(600, Lines(shown).Length);
        Assert.All(Lines(shown), line => Assert.Matches("^(peer0[23]): \\1-\\d+ a{35}$", line));

        // Nobody reads any more.
        var first = await Peer01.ShellAsync("mon node ctrl --all --self -- yes | head -n 1");
        Assert.Equal("y\n", first.Expect(0).Output);

        // The first line is there long before the command ends.
        var clock = Stopwatch.StartNew();
        var endless = "mon node ctrl --all -- 'echo begun; sleep 1000'";
        (await Terminal.InterruptAsync(endless, "peer03: begun", () => Task.CompletedTask)).Expect(130);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    [Theory]
    [InlineData("--all --self --", 3)]
    [InlineData("peer02 --", 1)]
    [InlineData("peer02 -- mon node ctrl peer03 --", 1)]
    public async Task Ctrl_Interrupted_EndsEverywhere(string where, int places)
    {
        await KnowEachOtherAsync();
        var before = async () => await Eventually.HoldsAsync(
            "the command runs", $"{places} processes", Limits.Moment, () => Sleeping() == places ? null : $"{Sleeping()}");

        var line = $"mon node ctrl {where} 'echo begun; sleep 98765'";
        (await Terminal.InterruptAsync(line, "begun", async () => await before())).Expect(130);

        await Eventually.HoldsAsync("interrupted", "no process is left", Limits.Exit, () => Sleeping() == 0 ? null : $"{Sleeping()} run");

        int Sleeping() => ProcessTable.Mentioning("sleep 98765").Concat(ProcessTable.Mentioning("sleep\098765"))
            .Count(process => process.CommandLine.StartsWith("sleep 98765", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_UnreachableRefusedAndSkippedNodes_AreNamedInBoundedTime()
    {
        await KnowEachOtherAsync();
        await Network.CutAsync(Peer02);

        // Else the kernel finds out that there is nobody.
        (await Peer01.RunAsync("ip", "neighbour", "replace", "10.77.0.2", "lladdr", "02:00:00:00:00:02", "dev", "eth0")).Expect(0);
        await ConfigureAsync("peer03", "object_config {\\n\\t\\tssh_port = 23\\n\\t}");

        var failed = (await Terminal.TypeAsync("mon node ctrl --all --self -- hostname")).Expect(1);
        Assert.Contains("peer01: peer01\n", failed.Shown, StringComparison.Ordinal);
        Assert.Matches(@"mon node ctrl: failed on peer02 \(ssh: .*timed out\), peer03 \(ssh: .*Connection refused\)", failed.Shown);
        Assert.InRange(failed.Duration.TotalSeconds, 8, 60);

        await ConfigureAsync("peer02", "connect = no");
        var skipped = (await Terminal.TypeAsync("mon node ctrl peer02 -- hostname")).Expect(3);
        Assert.Equal(
            "peer02 is skipped: connect = no\nmon node ctrl: only nodes with connect = no were chosen; nothing was run\n", skipped.Shown);
        Says("peer02 is skipped: connect = no", (await Terminal.TypeAsync("mon node ctrl --all -- hostname")).Expect(1));
    }

    [Fact]
    public async Task Ctrl_NodeIsCutOffMeanwhile_IsGivenUpAfterSomeSeconds()
    {
        await KnowEachOtherAsync();
        var cut = Eventually.HoldsAsync(
            "the command runs",
            "it has begun",
            Limits.Start,
            async () => Terminal.Shown.Contains("\nbegun", StringComparison.Ordinal) && await CutAsync() ? null : "not yet");

        var lost = (await Terminal.TypeAsync("mon node ctrl peer02 -- 'echo begun; sleep 1000'")).Expect(255);

        await cut;
        Assert.Contains("failed on peer02 (Timeout, server peer02 not responding.)", lost.Shown, StringComparison.Ordinal);
        Assert.InRange(lost.Duration.TotalSeconds, 5, 60);

        async Task<bool> CutAsync()
        {
            await Network.CutAsync(Peer02);
            return true;
        }
    }

    [Fact]
    public async Task Ctrl_NoKeyYet_AsksOfOneAndSaysWhatToDoOfSeveral()
    {
        await AddNodesAsync();

        var asked = (await Terminal.TypeAsync("mon node ctrl peer02 -- hostname")).Expect(0);
        Assert.Contains("root@peer02's password:", asked.Shown, StringComparison.Ordinal);
        Assert.EndsWith("\npeer02\n", asked.Shown, StringComparison.Ordinal);

        var refused = (await Terminal.TypeAsync("mon node ctrl --all -- hostname")).Expect(1);
        Assert.DoesNotContain("password:", refused.Shown, StringComparison.Ordinal);
        Says("\"mon sshkey push peer02 peer03\" makes this machine and its key known there", refused);
    }

    [Fact]
    public async Task Ctrl_SettingsOfTheNode_AreObeyed()
    {
        await AddNodesAsync();
        (await Peer01.ShellAsync("ssh-keygen -q -t ed25519 -N '' -f ~/other")).Expect(0);
        (await Peer02.ShellAsync(
            $"""
            install -d -m 700 -o monitor /opt/monitor/.ssh
            echo '{Peer01.Read(Host.Home + "/other.pub").Trim()}' >/opt/monitor/.ssh/authorized_keys
            chown monitor /opt/monitor/.ssh/authorized_keys
            /usr/sbin/sshd -p 2222
            """)).Expect(0);
        (await Peer01.ShellAsync(
            """
            mon node remove peer02
            mon node add other type=peer address=peer02 oconf_ssh_user=monitor oconf_ssh_key=$HOME/other oconf_ssh_port=2222
            """)).Expect(0);

        var shown = (await Terminal.TypeAsync("mon node ctrl other -- 'id -un; echo ${SSH_CONNECTION##* }'")).Expect(0).Shown;
        Assert.EndsWith("monitor\n2222\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("password", shown, StringComparison.Ordinal);
    }

    /// <summary>Adds a line to the block of a node.</summary>
    private async Task ConfigureAsync(string node, string line) =>
        (await Peer01.ShellAsync($"sed -i 's/^peer {node} {{/&\\n\\t{line}/' /opt/monitor/op5/merlin/merlin.conf")).Expect(0);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
