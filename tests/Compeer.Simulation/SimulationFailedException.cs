namespace Compeer.Simulation;

/// <summary>An invariant does not hold; the message says which seed shows it and what happened before.</summary>
internal sealed class SimulationFailedException(SimulatedSite site, string what)
    : Exception($"seed {site.Seed} at {site.Time.Now.TotalSeconds:0.000} s: {what}\n"
        + $"replay alone: COMPEER_SIMULATION_SEED={site.Seed} dotnet test tests/Compeer.Simulation\n{site.TraceText}");
