using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>By which version nodes know a configuration (<c>GET /api/v1/configurations/in-force</c>), for one that is given to
/// another node.</summary>
/// <param name="Number">Its number in its history, from 1; 0 for one that has none.</param>
/// <param name="Hash">SHA-256 of its manifest, 64 hexadecimal digits; empty when there is none.</param>
/// <param name="Origin">The id of the node where it was taken up first, 32 hexadecimal digits.</param>
/// <param name="History">The history that it is of, 32 hexadecimal digits; all 0 for none.</param>
/// <param name="Ancestors">What it was made from, the last first, 16 hexadecimal digits each.</param>
public sealed record GivenVersion(
    long Number, string Hash, string Origin, string History, ImmutableArray<string> Ancestors);
