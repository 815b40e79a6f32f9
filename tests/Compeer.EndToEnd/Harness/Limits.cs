namespace Compeer.EndToEnd.Harness;

/// <summary>
/// How patient the tests are, in one place: long enough for a machine that is busy with ten other things, since who waits for a
/// condition waits no longer than it takes. Promises have their own figures in the tests themselves.
/// </summary>
internal static class Limits
{
    /// <summary>A daemon starts and answers.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    /// <summary>A process ends after it was told to.</summary>
    public static readonly TimeSpan Exit = TimeSpan.FromSeconds(30);

    /// <summary>Peers that see each other agree.</summary>
    public static readonly TimeSpan Agreement = TimeSpan.FromSeconds(40);

    /// <summary>A changed file is noticed (looked at once a second) and acted upon.</summary>
    public static readonly TimeSpan LiveChange = TimeSpan.FromSeconds(30);

    /// <summary>A result travels, a line is written.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(20);
}
