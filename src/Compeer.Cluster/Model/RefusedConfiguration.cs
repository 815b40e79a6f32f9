namespace Compeer.Cluster.Model;

/// <summary>A configuration of others that a node does not take up, and goes on with its own.</summary>
/// <param name="Hash">Which.</param>
/// <param name="Reason">Why: the first of what is wrong with it there, at most <see cref="MaxReasonLength"/> characters.</param>
public sealed record RefusedConfiguration(string Hash, string Reason)
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxReasonLength = 1_024;

    /// <summary>The characters of a hash that content has.</summary>
    internal const int HashLength = 64;
}
