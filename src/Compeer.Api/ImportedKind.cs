namespace Compeer.Api;

/// <summary>One kind of thing in a <c>retention.dat</c>.</summary>
/// <param name="Name">What, such as <c>states</c>.</param>
/// <param name="Taken">How many were taken.</param>
/// <param name="Kept">How many were not, because the cluster has them already, or something newer.</param>
public sealed record ImportedKind(string Name, long Taken, long Kept);
