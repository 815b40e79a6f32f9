namespace Compeer.Livestatus.Syntax;

/// <summary>What is wrong with a request.</summary>
/// <param name="Code">Of the protocol.</param>
/// <param name="Message">What is wrong, and where it helps what is allowed; for the client.</param>
public sealed record RequestError(ResponseCode Code, string Message);
