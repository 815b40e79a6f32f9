using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>The outcome of decoding a check state: the state, or why there is none.</summary>
/// <param name="State">The state; null when the bytes are refused.</param>
/// <param name="Error">What is wrong with the bytes and what would be right; null when they are fine.</param>
public readonly record struct CheckStateDecoding(CheckState? State, string? Error);
