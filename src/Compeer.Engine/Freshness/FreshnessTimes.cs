namespace Compeer.Engine.Freshness;

/// <summary>Since when the times of results can be relied on.</summary>
/// <param name="Started">When this node began to monitor.</param>
/// <param name="Known">Since when all objects are known here, which a reload that adds some moves.</param>
/// <param name="Jumped">When the wall clock last jumped; null for never.</param>
internal readonly record struct FreshnessTimes(DateTimeOffset Started, DateTimeOffset Known, DateTimeOffset? Jumped);
