using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>The outcome of decoding a check state: the state, or why there is none.</summary>
/// <param name="State">The state; null when the bytes are refused.</param>
/// <param name="Error">What is wrong with the bytes and what would be right; null when they are fine.</param>
/// <param name="IsWhole">
/// Whether encoding the state again gives all that the bytes say: false for those that are refused, and when they have fields
/// of a later version.
/// </param>
public readonly record struct CheckStateDecoding(CheckState? State, string? Error, bool IsWhole);
