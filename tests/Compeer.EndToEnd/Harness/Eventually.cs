using System.Diagnostics;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// Waits for conditions, never for a fixed time; a limit is longer by <see cref="LostTime"/>. A condition is a function that
/// gives null once it holds, else what was
/// seen instead; a failure names phase, what was expected, what was seen last, and the tails of the nodes' logs.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(15);

    /// <summary>The longest pause between two looks. Each look makes work for the daemons that are looked at: who waits long looks more and
    /// more seldom.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    /// <summary>Who may wait no longer than this holds a promise to its limit, and looks often.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    /// <summary>Waits until <paramref name="probe"/> gives null and returns how long that took.</summary>
    /// <param name="phase">What the test was doing.</param>
    /// <param name="expected">What must come true.</param>
    /// <param name="limit">Within which time.</param>
    /// <param name="probe">Null when it is true, else what is the case instead.</param>
    /// <param name="nodes">Whose logs explain a failure.</param>
    public static async Task<TimeSpan> HoldsAsync(
        string phase, string expected, TimeSpan limit, Func<Task<string?>> probe, params IEnumerable<MonitorNode> nodes)
    {
        var clock = Stopwatch.StartNew();
        var began = TracedPlugin.Now;
        var pause = LookAgain;
        while (true)
        {
            var seen = await probe();
            var elapsed = clock.Elapsed - LostTime.Since(began);
            if (seen is null && elapsed <= limit)
            {
                return elapsed;
            }

            if (elapsed > limit)
            {
                Fail(phase, $"{expected} within {limit.TotalSeconds:0.0} s", seen ?? $"only after {elapsed.TotalSeconds:0.00} s", nodes);
            }

            await Task.Delay(pause);
            pause = limit <= Short || pause >= Longest ? pause : pause * 1.1;
        }
    }

    /// <inheritdoc cref="HoldsAsync(string, string, TimeSpan, Func{Task{string?}}, IEnumerable{MonitorNode})"/>
    public static Task<TimeSpan> HoldsAsync(
        string phase, string expected, TimeSpan limit, Func<string?> probe, params IEnumerable<MonitorNode> nodes) =>
        HoldsAsync(phase, expected, limit, () => Task.FromResult(probe()), nodes);

    /// <summary>Looks on for as long as <paramref name="duration"/>: <paramref name="probe"/> must give null each time.</summary>
    public static async Task AlwaysAsync(
        string phase, string expected, TimeSpan duration, Func<Task<string?>> probe, params IEnumerable<MonitorNode> nodes)
    {
        var clock = Stopwatch.StartNew();
        var looks = 0;
        while (clock.Elapsed < duration)
        {
            if (await probe() is { } seen)
            {
                Fail(phase, expected, $"{seen} (after {clock.Elapsed.TotalSeconds:0.00} s, {looks} looks that were fine)", nodes);
            }

            looks++;
            await Task.Delay(LookAgain);
        }

        Assert.True(looks > 2, $"{phase}: looked only {looks} times in {duration.TotalSeconds} s");
    }

    /// <summary>Fails the test with everything that helps to understand it.</summary>
    public static void Fail(string phase, string expected, string actual, IEnumerable<MonitorNode> nodes) => Assert.Fail(
        $"{phase}\n  expected: {expected}\n  actual:   {actual}\n{string.Join('\n', nodes.Select(node => node.Describe()))}");
}
