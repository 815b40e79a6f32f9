namespace Compeer.Api;

/// <summary>The acknowledgement of a host's or service's problem.</summary>
/// <param name="IsSticky">Whether it holds until recovery, not only until the state changes.</param>
/// <param name="Author">Who gave it.</param>
/// <param name="Text">The text.</param>
/// <param name="Entry">When it was given.</param>
/// <param name="End">When it ends by itself; null for never.</param>
public sealed record AcknowledgementStatus(bool IsSticky, string Author, string Text, DateTimeOffset Entry, DateTimeOffset? End);
