using Compeer.Engine.Snapshot;

namespace Compeer.Livestatus.Scope;

/// <summary>What a query sees: everything as it was at one time. Immutable.</summary>
/// <param name="Snapshot">The engine.</param>
/// <param name="Program">The daemon around it.</param>
public sealed record LivestatusMoment(EngineSnapshot Snapshot, ProgramFacts Program);
