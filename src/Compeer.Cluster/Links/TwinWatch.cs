using System.Globalization;

namespace Compeer.Cluster.Links;

/// <summary>
/// Notices that two processes have one node's key, as after a machine was copied. One of them that is refused says nothing yet: it may
/// be the last word of a run that has ended. When the later run has been heard since, and the earlier one comes again, both live.
/// </summary>
internal sealed class TwinWatch
{
    private (Link Later, TimeSpan Since)? _seen;

    /// <summary>An earlier run says hello while a later one is connected; whether both are certain to live.</summary>
    public bool AreTwins(Link later, TimeSpan now)
    {
        if (_seen is { } seen && seen.Later == later)
        {
            return later.LastReceived > seen.Since;
        }

        _seen = (later, now);
        return false;
    }

    /// <summary>Which key, which two places, and what is to be done.</summary>
    public static string Words(Link later, Link earlier) =>
        $"is two nodes with the same key ({later.Neighbour.Config.Id}): one {Describe(later)}, the other {Describe(earlier)}. Only the one "
        + "that was started later is taken. " + Remedy;

    /// <summary>The same for the one that is refused.</summary>
    public static Refusal Refusal(Link later, Link earlier) => new(
        Wire.RefusalCode.SameKey,
        "a later run of it is connected",
        $"another node with the same key ({later.Neighbour.Config.Id}) is connected there and was started later: it is "
        + $"{Describe(later)}, this node {Describe(earlier)}. {Remedy}");

    private const string Remedy = "On the machine that was copied, stop mond, delete node.key beside merlin.conf, and give what "
        + "'mon node key' prints then to the others";

    /// <summary>The last moment that can be written down.</summary>
    private static readonly long MaxWall = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static string Describe(Link link)
    {
        var started = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(link.Hello!.Incarnation, MaxWall));
        return string.Create(CultureInfo.InvariantCulture, $"at {link.Address}, started {started:yyyy-MM-dd HH:mm:ss} UTC");
    }
}
