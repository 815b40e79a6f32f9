namespace Compeer.Engine.Model;

/// <summary>One run of a check at one engine; <c>default</c> when it is not said which.</summary>
/// <param name="Number">From 1, never used again by the same engine.</param>
public readonly record struct RunId(long Number);
