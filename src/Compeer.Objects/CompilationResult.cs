using System.Collections.Immutable;
using Compeer.Objects.Diagnostics;

namespace Compeer.Objects;

/// <summary>What compiling object files gives.</summary>
/// <param name="Configuration">The objects; null when there is any error.</param>
/// <param name="Diagnostics">All findings, in the order of files and lines.</param>
public sealed record CompilationResult(ObjectConfiguration? Configuration, ImmutableArray<Diagnostic> Diagnostics);
