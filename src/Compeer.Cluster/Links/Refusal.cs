using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>Why a connection is refused, in words for both ends.</summary>
/// <param name="Code">What kind of reason.</param>
/// <param name="Here">The rest of a sentence about the other node, for this node's log and status.</param>
/// <param name="There">The rest of a sentence of this node, for the other's.</param>
internal sealed record Refusal(RefusalCode Code, string Here, string There)
{
    /// <summary>Whether it is for somebody to mend.</summary>
    public static bool IsFault(RefusalCode code) => code is not (RefusalCode.Stopping or RefusalCode.TooMany);

    /// <summary>This node is going to stop.</summary>
    public static Refusal Stopping { get; } = new(RefusalCode.Stopping, "this node is stopping", "it is stopping");

    /// <summary>There are too many connections between the two.</summary>
    public static Refusal TooMany { get; } =
        new(RefusalCode.TooMany, "it has too many connections", "there are too many connections between the two");

    /// <summary>It broke a rule of the protocol.</summary>
    public static Refusal Broken(string rule) => new(RefusalCode.Rule, rule, $"what this node sent breaks the protocol: {rule}");
}
