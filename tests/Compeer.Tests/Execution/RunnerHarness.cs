using System.Collections.Concurrent;
using System.Text;
using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

/// <summary>A runner whose results can be awaited one by one. Disposing it kills whatever a test left running.</summary>
internal sealed class RunnerHarness : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<PluginResult>> _expected = new();
    private long _lastToken;

    internal RunnerHarness(PluginRunnerOptions? options = null, TimeProvider? time = null) =>
        Runner = new PluginRunner(options ?? new PluginRunnerOptions(), time ?? TimeProvider.System, Completed, Notices.Enqueue);

    internal PluginRunner Runner { get; }

    /// <summary>Every result in the order of arrival, also unexpected ones.</summary>
    internal ConcurrentQueue<PluginResult> Results { get; } = new();

    /// <summary>What the runner said beside results.</summary>
    internal ConcurrentQueue<RunnerNotice> Notices { get; } = new();

    internal Task<PluginResult> Run(string command, TimeSpan? timeout = null, Lane lane = Lane.Services) =>
        Run(Encoding.Latin1.GetBytes(command), timeout, lane);

    internal async Task<PluginResult> Run(byte[] command, TimeSpan? timeout = null, Lane lane = Lane.Services)
    {
        var token = Interlocked.Increment(ref _lastToken);
        var expected = new TaskCompletionSource<PluginResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected[token] = expected;
        Runner.Start(new PluginRequest(token, command, timeout ?? TimeSpan.FromSeconds(30), lane));
        var result = await expected.Task.WaitAsync(Patience);
        Assert.Equal(token, result.Token);
        return result;
    }

    internal static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    /// <summary>Waits for something that no event tells of; fails when it does not come about.</summary>
    internal static async Task Until(Func<bool> condition, string what)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"waited in vain until {what}");
            await Task.Yield();
        }
    }

    public void Dispose() => Runner.Dispose();

    private void Completed(PluginResult result)
    {
        Results.Enqueue(result);
        if (_expected.TryRemove(result.Token, out var expected))
        {
            expected.SetResult(result);
        }
    }
}
