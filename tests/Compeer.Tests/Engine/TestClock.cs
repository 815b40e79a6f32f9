using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>Both clocks, moved by hand.</summary>
internal sealed class TestClock
{
    public static readonly DateTimeOffset Epoch = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public EngineTime Now { get; private set; } = new(TimeSpan.FromHours(7), Epoch);

    public EngineTime Move(TimeSpan by) => Now = new EngineTime(Now.Monotonic + by, Now.Wall + by);

    public EngineTime MoveTo(TimeSpan monotonic) => Move(monotonic - Now.Monotonic);

    public EngineTime JumpWall(TimeSpan by) => Now = Now with { Wall = Now.Wall + by };
}
