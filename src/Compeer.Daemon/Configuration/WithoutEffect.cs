using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Daemon.Configuration;

/// <summary>What a configuration asks for that this version takes without doing it, in words: said at a verification and at
/// each start, so that nobody waits for it.</summary>
internal static class WithoutEffect
{
    /// <summary>One line for each thing; none when everything has its effect.</summary>
    public static IEnumerable<string> Of(MainConfiguration main, ObjectConfiguration objects)
    {
        if (main.WithoutEffect.Length > 0)
        {
            yield return $"set in the main configuration but without effect yet: {string.Join(", ", main.WithoutEffect)}";
        }

        foreach (var line in BrokerModules.Read(main).Findings)
        {
            yield return line;
        }

        (int Count, string One, string Many, string Says)[] features =
        [
        ];
        foreach ((var count, var one, var many, var says) in features)
        {
            if (count > 0)
            {
                yield return $"without effect yet: {count} {(count == 1 ? one : many)}: {says}";
            }
        }
    }

    /// <summary>The same of a configuration that was read; nothing of one with errors.</summary>
    public static IEnumerable<string> Of(LoadedConfiguration loaded) =>
        loaded is { Main: { } main, Objects: { } objects } ? Of(main, objects) : [];
}
