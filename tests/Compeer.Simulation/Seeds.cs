using System.Globalization;

namespace Compeer.Simulation;

/// <summary>
/// The seeds that a test runs: COMPEER_SIMULATION_SEEDS sets how many, from
/// COMPEER_SIMULATION_FIRST (1 when not set); COMPEER_SIMULATION_SEED replays one, or several with commas between them.
/// </summary>
internal static class Seeds
{
    /// <summary>One for each processor: without a limit the thread pool adds threads for as long as seeds last.</summary>
    public static ParallelOptions AtOnce { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Whether seeds are replayed.</summary>
    public static bool AreReplayed => Replayed.Length > 0;

    /// <summary>The seeds that were asked for, or from 1 to <paramref name="usual"/>.</summary>
    public static IReadOnlyList<int> Chosen(int usual) => AreReplayed
        ? Replayed
        : [.. Enumerable.Range(Number("COMPEER_SIMULATION_FIRST") ?? 1, Number("COMPEER_SIMULATION_SEEDS") ?? usual)];

    /// <summary>Seeds for a scenario that a few suffice for: a twentieth when more are asked for, or the replayed ones.</summary>
    public static IReadOnlyList<int> Few(int usual) => AreReplayed
        ? Chosen(usual)
        : [.. Enumerable.Range(1, Math.Max(usual, (Number("COMPEER_SIMULATION_SEEDS") ?? 0) / 20))];

    private static int[] Replayed => [.. (Environment.GetEnvironmentVariable("COMPEER_SIMULATION_SEED") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
