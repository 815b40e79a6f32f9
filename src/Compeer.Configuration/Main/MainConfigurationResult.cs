using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Main;

/// <summary>What reading the main configuration gives.</summary>
/// <param name="Configuration">The values; null when there is any error.</param>
/// <param name="Understood">What is left of them without what is in error: not to work by, but to find out in the same run
/// what else is wrong.</param>
/// <param name="Diagnostics">All findings, in the order of files and lines.</param>
public sealed record MainConfigurationResult(
    MainConfiguration? Configuration, MainConfiguration Understood, ImmutableArray<Diagnostic> Diagnostics);
