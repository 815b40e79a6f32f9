namespace Compeer.Simulation;

/// <summary>An invariant does not hold; the message says which seed shows it and what happened before.</summary>
internal sealed class SimulationFailedException(SimulatedCluster cluster, string what)
    : Exception($"seed {cluster.Seed} at {cluster.Time.Now.TotalSeconds:0.000} s: {what}\n"
        + $"replay alone: COMPEER_SIMULATION_SEED={cluster.Seed} dotnet test tests/Compeer.Simulation\n{cluster.TraceText}");
