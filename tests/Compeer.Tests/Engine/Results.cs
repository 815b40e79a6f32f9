using System.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>Results of checks, and text to and from bytes.</summary>
internal static class Results
{
    public static CheckResult Exited(EngineTime now, int code, string output = "text", double seconds = 0) => new(
        CheckOutcome.Exited,
        code,
        Encoding.UTF8.GetBytes(output),
        default,
        default,
        now.Wall - TimeSpan.FromSeconds(seconds),
        TimeSpan.FromSeconds(seconds));

    public static CheckResult Ended(CheckOutcome outcome, int code, double seconds, string output = "") =>
        new(outcome, code, Encoding.UTF8.GetBytes(output), default, default, TestClock.Epoch, TimeSpan.FromSeconds(seconds));

    public static string Text(this ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public static string Text(this ReadOnlyMemory<byte> bytes) => bytes.Span.Text();

    public static IEnumerable<string> Lines(this Transition transition) => transition.Log.Select(entry => entry.Text.Text());

    /// <summary>Stores a state; what happened is of no interest.</summary>
    public static void Store(this MonitoringEngine engine, CheckableId id, CheckState state, TimeSpan clockAhead) =>
        engine.Store(id, state, clockAhead, new Transition());

    /// <summary>Gives objects up; what happened is of no interest.</summary>
    public static void Lose(
        this MonitoringEngine engine, EngineTime now, IReadOnlyList<CheckableId> objects, bool discardRunning) =>
        engine.Lose(now, objects, discardRunning, new Transition());
}
