using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>What is different between two kept configurations (<c>GET /api/v1/configurations/difference</c>).</summary>
/// <param name="From">The hash of the one.</param>
/// <param name="To">The hash of the other.</param>
/// <param name="Files">The files that are not the same in both, in the order of names; first, when they differ, the variables of
/// the main configuration that belong to a configuration, as if they were a file.</param>
public sealed record ConfigurationDifference(string From, string To, ImmutableArray<ChangedFile> Files);
