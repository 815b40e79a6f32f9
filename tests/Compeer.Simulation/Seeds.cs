using System.Globalization;

namespace Compeer.Simulation;

/// <summary>
/// The seeds that a test runs: COMPEER_SIMULATION_SEEDS sets how many, from
/// COMPEER_SIMULATION_FIRST (1 when not set); COMPEER_SIMULATION_SEED runs a single one.
/// </summary>
internal static class Seeds
{
    /// <summary>Whether one seed is replayed.</summary>
    public static bool IsSingle => Number("COMPEER_SIMULATION_SEED") is not null;

    /// <summary>The seeds that were asked for, or from 1 to <paramref name="usual"/>.</summary>
    public static IReadOnlyList<int> Chosen(int usual) => Number("COMPEER_SIMULATION_SEED") is { } single
        ? [single]
        : [.. Enumerable.Range(Number("COMPEER_SIMULATION_FIRST") ?? 1, Number("COMPEER_SIMULATION_SEEDS") ?? usual)];

    /// <summary>Seeds for a scenario that a few suffice for: a twentieth when more are asked for, or the single one.</summary>
    public static IReadOnlyList<int> Few(int usual) => IsSingle
        ? Chosen(usual)
        : [.. Enumerable.Range(1, Math.Max(usual, (Number("COMPEER_SIMULATION_SEEDS") ?? 0) / 20))];

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
