using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Nodes.Editing;

/// <summary>What came of a change to merlin.conf.</summary>
/// <param name="Content">The changed file; null when the change was refused.</param>
/// <param name="Diagnostics">Why it was refused, or what its author should look at. A line of 0 means the change asked
/// for, not the file.</param>
public sealed record MerlinEdit(ReadOnlyMemory<byte>? Content, ImmutableArray<Diagnostic> Diagnostics);
