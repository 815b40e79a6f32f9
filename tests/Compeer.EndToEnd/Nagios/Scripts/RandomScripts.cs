using System.Globalization;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// Scripts of random steps on random objects. COMPEER_SEED is the first script's seed, COMPEER_RANDOM_SCRIPTS how many there are,
/// COMPEER_RANDOM_STEPS how long each is.
/// </summary>
internal static class RandomScripts
{
    /// <summary>Those of this run.</summary>
    public static IEnumerable<ComparedScript> All()
    {
        var first = Setting("COMPEER_SEED", 1);
        var steps = Setting("COMPEER_RANDOM_STEPS", 50);
        return Enumerable.Range(first, Setting("COMPEER_RANDOM_SCRIPTS", 20)).Select(seed => new RandomScript(seed).Make(steps));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
