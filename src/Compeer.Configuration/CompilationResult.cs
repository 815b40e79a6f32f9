using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration;

/// <summary>What compiling object files gives.</summary>
/// <param name="Configuration">The objects; null when there is any error.</param>
/// <param name="Diagnostics">The findings, in the order of files and lines; of very many the first, and a last one that says
/// how many more there are.</param>
/// <param name="Errors">How many errors were found, also of those left out.</param>
/// <param name="Warnings">How many warnings, likewise.</param>
public sealed record CompilationResult(
    ObjectConfiguration? Configuration, ImmutableArray<Diagnostic> Diagnostics, int Errors, int Warnings);
