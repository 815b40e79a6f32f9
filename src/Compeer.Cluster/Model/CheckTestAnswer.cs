namespace Compeer.Cluster.Model;

/// <summary>What came of the test of a check.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Code">Exit code, signal number, or errno; 0 where there is none.</param>
/// <param name="Output">What the plugin wrote, at most <see cref="MaxOutput"/> bytes; of one that was refused, why. Not changed
/// afterwards.</param>
/// <param name="StartedAt">When the plugin was started, by the clock of the node that ran it.</param>
/// <param name="Duration">How long it ran; not negative.</param>
public sealed record CheckTestAnswer(
    CheckTestOutcome Outcome, int Code, ReadOnlyMemory<byte> Output, DateTimeOffset StartedAt, TimeSpan Duration)
{
    /// <summary>Most bytes of output that go to another node; what is longer is cut.</summary>
    public const int MaxOutput = 16_384;

    /// <summary>A test that is not made.</summary>
    /// <param name="why">Why, for people.</param>
    public static CheckTestAnswer Refuse(string why) => new(
        CheckTestOutcome.Refused, 0, System.Text.Encoding.UTF8.GetBytes(why), DateTimeOffset.UnixEpoch, TimeSpan.Zero);
}
