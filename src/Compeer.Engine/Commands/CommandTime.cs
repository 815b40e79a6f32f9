namespace Compeer.Engine.Commands;

/// <summary>Times in commands.</summary>
internal static class CommandTime
{
    /// <summary>The time of so many seconds since 1970; what no clock shows is the nearest that one does.</summary>
    public static DateTimeOffset Of(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
