namespace Compeer.Api;

/// <summary>A failed question to the daemon.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">One line for people, naming the socket where that helps.</param>
public sealed record ApiError(ApiErrorKind Kind, string Message);
