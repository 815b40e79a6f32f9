using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>Result of reading the whole configuration again (<c>POST /api/v1/reload</c>).</summary>
/// <param name="Applied">Whether the daemon works by the main, resource and object files as they are now. False: they had
/// errors and it goes on with the configuration it had.</param>
/// <param name="NodesApplied">Whether it works by merlin.conf as it is now; the two do not depend on each other.</param>
/// <param name="Summary">What changed, or why nothing did: one line for people.</param>
/// <param name="Diagnostics">Errors and warnings of all files.</param>
public sealed record ConfigurationReload(
    bool Applied, bool NodesApplied, string Summary, ImmutableArray<ApiDiagnostic> Diagnostics);
