namespace Compeer.Simulation.Checking;

/// <summary>A fault that the harness plants, to show that the checker which looks for it can fail. The product knows nothing of
/// it.</summary>
internal enum PlantedFault
{
    None,

    /// <summary>The harness swallows every check of one object.</summary>
    CheckLeftOut,

    /// <summary>The harness reports one check as started at a second peer too.</summary>
    CheckTwice,

    /// <summary>The harness swallows every check of the first peer.</summary>
    IdlePeer,
}
