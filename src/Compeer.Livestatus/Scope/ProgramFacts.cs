using Compeer.Engine.Model;
using Compeer.Livestatus.Log;

namespace Compeer.Livestatus.Scope;

/// <summary>What the tables tell that no snapshot has.</summary>
/// <param name="ProcessId">Of the daemon.</param>
/// <param name="Started">When it started.</param>
/// <param name="Version">Its version.</param>
/// <param name="Counts">What is counted since then.</param>
/// <param name="Rates">How often each of it happens, averaged over the last seconds.</param>
public sealed record ProgramFacts(int ProcessId, DateTimeOffset Started, string Version, ProgramCounts Counts, ProgramRates Rates)
{
    /// <summary>When the log was begun anew last; null when it was not since the start.</summary>
    public DateTimeOffset? LastLogRotation { get; init; }

    /// <summary>The monitoring log.</summary>
    public ILogArchive Log { get; init; } = ILogArchive.None;

    /// <summary>Which node answers for the checks of an object, as <c>mon</c> calls it; empty for none.</summary>
    public Func<CheckableId, string> CheckSource { get; init; } = static _ => "";

    /// <summary>Whether there is a graph of a host, or of a service by its description; null when nobody said where graphs are
    /// (<c>pnp_path</c>).</summary>
    public Func<string, string?, bool>? HasGraph { get; init; }
}
