namespace Compeer.Cluster.Model;

/// <summary>How a node stands to a file or folder that another offered it.</summary>
/// <param name="Path">As offered.</param>
/// <param name="Hash">As offered: what the report is about.</param>
/// <param name="Outcome">How it stands.</param>
/// <param name="Reason">What is wrong, or what could not be kept; empty when there is nothing to say. Cut when it is long.</param>
public sealed record PathReport(string Path, string Hash, PathOutcome Outcome, string Reason)
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxReasonLength = 800;
}
