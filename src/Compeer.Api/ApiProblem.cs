namespace Compeer.Api;

/// <summary>Body of an answer whose HTTP status is not a success.</summary>
/// <param name="Message">What is wrong and what would be right; one line for people.</param>
public sealed record ApiProblem(string Message);
