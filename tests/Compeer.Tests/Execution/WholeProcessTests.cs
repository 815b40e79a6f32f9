using System.Runtime.InteropServices;
using Compeer.Execution.Processes;
using Compeer.Platform.Processes;

namespace Compeer.Tests.Execution;

/// <summary>Tests that change settings of the whole process, and so run alone.</summary>
[Collection(nameof(WholeProcessTests))]
[CollectionDefinition(nameof(WholeProcessTests), DisableParallelization = true)]
public sealed partial class WholeProcessTests : IDisposable
{
    private const int SigChld = 17;
    private const nint Ignore = 1;

    private readonly RunnerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Prepare_ChildSignalIgnored_IsSetBackAndExitCodesArrive()
    {
        var before = Signal(SigChld, Ignore);
        try
        {
            var lost = await _harness.Run("/bin/sh -c 'exit 3'");
            Assert.Equal((PluginOutcome.NotStarted, 10), (lost.Outcome, lost.Code));
            Assert.True(ProcessSignals.Prepare());
            Assert.False(ProcessSignals.Prepare());
            var result = await _harness.Run("/bin/sh -c 'exit 3'");
            Assert.Equal((PluginOutcome.Exited, 3), (result.Outcome, result.Code));
        }
        finally
        {
            _ = Signal(SigChld, before);
        }
    }

    [Fact]
    public async Task Plugin_DaemonHasAStandardInput_DoesNotGetIt()
    {
        var before = Duplicate(0);
        using var input = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In);
        try
        {
            Assert.Equal(0, Duplicate(input.SafePipeHandle.DangerousGetHandle().ToInt32(), 0));
            var result = await _harness.Run("/bin/readlink /proc/self/fd/0");
            Assert.Equal("/dev/null\n", RunnerHarness.Text(result.StandardOutput));
        }
        finally
        {
            Assert.Equal(0, Duplicate(before, 0));
            _ = Close(before);
        }
    }

    [Fact]
    public async Task Descriptors_AfterManyRuns_AreAllClosed()
    {
        await _harness.Run("/bin/true");
        var before = OwnDescriptors();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _harness.Run(
            (i % 4) switch { 0 => "/bin/sleep 300", 1 => "/nonexistent/x", 2 => "/bin/sleep 0.2", _ => "/bin/echo x" },
            TimeSpan.FromSeconds(1))));
        await RunnerHarness.Until(() => Opened(before).Count == 0, "all are reaped and closed");
        using (var other = new RunnerHarness())
        {
            Assert.NotEmpty(Opened(before));
            await other.Run("/bin/true");
        }

        Assert.Empty(Opened(before));
    }

    [Fact]
    public async Task Start_NoRoomForAnEarlierOne_IsDoneByAnotherThreadOnceThereIs()
    {
        const int openFiles = 7; // RLIMIT_NOFILE
        var time = new SteppedTime(stands: true);
        using var harness = new RunnerHarness(new PluginRunnerOptions { Threads = 2 }, time);
        Assert.Equal(0, GetLimit(openFiles, out var limits));
        Assert.Equal(0, SetLimit(openFiles, limits with { Soft = (ulong)Directory.GetFiles("/proc/self/fd").Length + 20 }));
        Task<PluginResult> first;
        try
        {
            first = harness.Run("/bin/echo first");
            await RunnerHarness.Until(() => harness.Notices.Any(notice => notice.Kind == RunnerNoticeKind.StartsWait), "it waits");
        }
        finally
        {
            Assert.Equal(0, SetLimit(openFiles, limits));
        }

        var second = await harness.Run("/bin/echo second");
        Assert.Equal(("second\n", false), (RunnerHarness.Text(second.StandardOutput), first.IsCompleted));
        time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal("first\n", RunnerHarness.Text((await first).StandardOutput));
    }

    /// <summary>What is open that was not before. What the tests that ran earlier left to the garbage collector may be closed
    /// in between.</summary>
    private static List<string> Opened(string[] before)
    {
        List<string> now = [.. OwnDescriptors()];
        foreach (var descriptor in before)
        {
            now.Remove(descriptor);
        }

        return now;
    }

    /// <summary>What is open of the kinds that a runner opens; the runtime opens and closes other files as it likes.</summary>
    private static string[] OwnDescriptors() =>
    [
        .. Directory.GetFiles("/proc/self/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target is "/" or "/dev/null" || target.StartsWith("pipe:", StringComparison.Ordinal)
                || target.StartsWith("anon_inode:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limits limits);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limits limits);

    private readonly record struct Limits(ulong Soft, ulong Hard);
}
