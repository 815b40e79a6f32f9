using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>What came of reading merlin.conf.</summary>
/// <param name="Configuration">The configuration; null when a diagnostic is an error.</param>
/// <param name="Diagnostics">All findings, in the order of lines.</param>
public sealed record MerlinConfigurationResult(
    MerlinConfiguration? Configuration,
    ImmutableArray<Diagnostic> Diagnostics);
