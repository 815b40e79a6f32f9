using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>Result of reading merlin.conf again (<c>POST /api/v1/nodes/reload</c>).</summary>
/// <param name="Applied">Whether the daemon works with the file as it is now. False: it had errors and the nodes
/// known before are kept.</param>
/// <param name="Diagnostics">Errors and warnings of the file, and what of its pollers does not fit the objects in force.</param>
public sealed record NodesReload(bool Applied, ImmutableArray<ApiDiagnostic> Diagnostics);
