namespace Compeer.Simulation.Replication;

/// <summary>A store does not have what its twin has.</summary>
internal sealed class StoreFailedException(string what) : Exception(what);
