using Compeer.Api;

namespace Compeer.Tests.Cli;

public sealed class SyncStatusCommandTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Fact]
    public async Task Status_Paths_StandUnderTheirNodes()
    {
        _mon.Client.Nodes = new(With(
            new SynchronisedPath("/a", "/a", IsSent: true, IsInStep: true, FixedTime.Now, ""),
            new SynchronisedPath("/b", "/c", IsSent: true, IsInStep: false, FixedTime.Now.AddMinutes(-5), "why"),
            new SynchronisedPath("/d", "", IsSent: false, IsInStep: false, null, "under way")));

        var run = await _mon.RunAsync("sync", "status");

        Assert.Equal(
            """
            peer peer02:
              to   /a: in step
              to   /b (there /c): not in step, last the same 5m 0s ago: why
              from /d: not in step, never the same: under way

            """.ReplaceLineEndings("\n"),
            run.Out);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var all = await _mon.RunAsync("node", "status");
        Assert.Contains("\nSynchronised to   /b (there /c): not in step", all.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_AllInStep_IsWell()
    {
        _mon.Client.Nodes = new(With(new SynchronisedPath("/a", "/a", IsSent: true, IsInStep: true, FixedTime.Now, "")));
        Assert.Equal(0, (await _mon.RunAsync("sync", "status")).ExitCode);
        Assert.Equal(0, (await _mon.RunAsync("node", "status")).ExitCode);

        _mon.Client.Nodes = new(With(new SynchronisedPath("/a", "/a", IsSent: true, IsInStep: false, FixedTime.Now, "")));
        Assert.Equal(1, (await _mon.RunAsync("node", "status")).ExitCode);
    }

    [Fact]
    public async Task Status_PathThatGoesByAPush_IsWell()
    {
        _mon.Client.Nodes = new(With(
            new SynchronisedPath("/a", "/a", IsSent: true, IsInStep: false, null, "the receiver lets nobody") { WaitsForPush = true }));

        var run = await _mon.RunAsync("sync", "status");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("to   /a: goes by a push: the receiver lets nobody", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await _mon.RunAsync("node", "status")).ExitCode);
    }

    [Fact]
    public async Task Status_NoPath_SaysSo()
    {
        _mon.Client.Nodes = new(With());

        var run = await _mon.RunAsync("sync", "status");

        Assert.Equal((0, "No file or folder is synchronised: merlin.conf has no sync block.\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Status_NothingRuns_Fails() =>
        Assert.Equal((1, ""), ((await _mon.RunAsync("sync", "status")) is var run ? run.ExitCode : 0, run.Out));

    private static NodesStatus With(params SynchronisedPath[] paths) => new(
        "peer01", 1, 1, 0, 0, null, UncheckedObjects.None,
        [
            new NodeStatus(
                1, "peer02", "peer", NodeStateName.Active, IsSelf: false, PeerId: 1, ActivePeers: 1, ConfiguredPeers: 1,
                LatencySeconds: 0, Encrypted: true, StartedAt: FixedTime.Now, ConnectedSince: FixedTime.Now, FixedTime.Now,
                null, "01", "v", "ab", 3, null, UncheckedObjects.None, new(0, 0, 0), new(0, 0, 0))
            {
                Synchronised = [.. paths],
            },
        ],
        []);
}
