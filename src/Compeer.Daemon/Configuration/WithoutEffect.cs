using Compeer.Configuration.Main;

namespace Compeer.Daemon.Configuration;

/// <summary>What a configuration asks for that this version takes without doing it, in words: said at a verification and at
/// each start, so that nobody waits for it.</summary>
internal static class WithoutEffect
{
    /// <summary>One line for each thing; none when everything has its effect.</summary>
    public static IEnumerable<string> Of(MainConfiguration main)
    {
        if (main.WithoutEffect.Length > 0)
        {
            yield return $"set in the main configuration but without effect yet: {string.Join(", ", main.WithoutEffect)}";
        }

        foreach (var line in BrokerModules.Read(main).Findings)
        {
            yield return line;
        }
    }

    /// <summary>The same of a configuration that was read; nothing of one with errors.</summary>
    public static IEnumerable<string> Of(LoadedConfiguration loaded) =>
        loaded is { Main: { } main, Objects: not null } ? Of(main) : [];
}
