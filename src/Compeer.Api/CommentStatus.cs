namespace Compeer.Api;

/// <summary>A comment on a host or service.</summary>
/// <param name="Number">Its number, by which commands mean it.</param>
/// <param name="Kind">user, downtime, flapping or acknowledgement.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">The text.</param>
/// <param name="Entry">When it was written.</param>
/// <param name="IsPersistent">Whether it outlives its acknowledgement.</param>
public sealed record CommentStatus(
    ulong Number, string Kind, string Author, string Text, DateTimeOffset Entry, bool IsPersistent);
