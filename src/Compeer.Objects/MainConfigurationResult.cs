using System.Collections.Immutable;
using Compeer.Objects.Diagnostics;

namespace Compeer.Objects;

/// <summary>What reading the main configuration gives.</summary>
/// <param name="Configuration">The values; null when there is any error.</param>
/// <param name="Diagnostics">All findings, in the order of files and lines.</param>
public sealed record MainConfigurationResult(MainConfiguration? Configuration, ImmutableArray<Diagnostic> Diagnostics);
