using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>The object configuration by which the checks run.</summary>
/// <param name="Number">Its number: the nodes number what is taken up, and the highest number is in force.</param>
/// <param name="Hash">Hash of its content: object files and the variables that change what they mean.</param>
/// <param name="TakenUpAt">Name of the node where it was taken up first.</param>
/// <param name="RunBy">Names of the nodes that have it and share the checks.</param>
public sealed record ConfigurationInForce(long Number, string Hash, string TakenUpAt, ImmutableArray<string> RunBy);
