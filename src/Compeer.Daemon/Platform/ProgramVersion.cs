namespace Compeer.Daemon.Platform;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetName().Version is { } version ? version.ToString(fieldCount: 3) : "unknown";
}
