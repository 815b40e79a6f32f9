namespace Compeer.Api;

/// <summary>A configuration that a node keeps (<c>GET /api/v1/configurations</c>).</summary>
/// <param name="Number">Its number among those of its history; 0 for one that was never taken up.</param>
/// <param name="Hash">What it is known by: SHA-256 of its manifest, 64 hexadecimal digits.</param>
/// <param name="Origin">The name of the node where it was taken up first; its id when this node has no name for it, empty when it was
/// never taken up.</param>
/// <param name="Before">The hash of the one that was in force here before it; empty when there was none.</param>
/// <param name="KeptAt">When it came to be kept here.</param>
/// <param name="Came">How it came here, in words.</param>
/// <param name="Hosts">Its hosts; 0 when it has errors.</param>
/// <param name="Services">Its services; 0 when it has errors.</param>
/// <param name="InForce">Whether this node works by it.</param>
public sealed record KeptConfiguration(
    long Number,
    string Hash,
    string Origin,
    string Before,
    DateTimeOffset KeptAt,
    string Came,
    int Hosts,
    int Services,
    bool InForce);
