namespace Compeer.Engine.Model;

/// <summary>How a command other than a check ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Code">The exit code when <see cref="CheckOutcome.Exited"/>, the signal's number when
/// <see cref="CheckOutcome.Signalled"/>, the errno when <see cref="CheckOutcome.NotStarted"/>.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="ErrorOutput">What it wrote to standard error.</param>
/// <param name="Duration">How long it ran.</param>
public readonly record struct CommandResult(
    CheckOutcome Outcome,
    int Code,
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> ErrorOutput,
    TimeSpan Duration)
{
    /// <summary>Whether it did what it was run for, as far as it says.</summary>
    public bool IsSuccess => Outcome == CheckOutcome.Exited && Code == 0;
}
