using System.Globalization;

namespace Compeer.Cluster.Links;

/// <summary>
/// Notices that two processes have one node's key, as after a machine was copied. One of them that is refused says nothing yet: it may
/// be the last word of a run that has ended. When the later run has been heard since, and the earlier one comes again, both live.
/// </summary>
internal sealed class TwinWatch
{
    /// <summary>So many pulses of a run, after the others spoke of a later one, prove that it lives. It has yielded by then if it could.
    /// </summary>
    public const int PulsesOfTheLiving = 3;

    private (Link Later, TimeSpan Since)? _seen;
    private long _outrun;

    /// <summary>Whether a run was found to live beside a later one that others are connected to.</summary>
    public bool IsOutrun(long incarnation) => incarnation <= _outrun;

    /// <summary>A pulse came on a connection.</summary>
    /// <param name="link">Which.</param>
    /// <param name="latest">The latest run of that node that anybody speaks of.</param>
    /// <returns>Whether it turns out that the later one is another node.</returns>
    public bool Outruns(Link link, long latest)
    {
        if (latest <= link.Hello!.Incarnation || ++link.PulsesWhileOutrun < PulsesOfTheLiving)
        {
            return false;
        }

        _outrun = link.Hello.Incarnation;
        return true;
    }

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

    /// <summary>The words when only others are connected to the later one.</summary>
    public static Refusal OutrunElsewhere(Link earlier) => new(
        Wire.RefusalCode.SameKey,
        $"it is one of two nodes with the same key ({earlier.Neighbour.Config.Id}): it is {Describe(earlier)}, and other nodes are "
        + $"connected to one that was started later. Only that one is taken. {Remedy}",
        $"another node with the same key ({earlier.Neighbour.Config.Id}) was started later and other nodes are connected to it; this "
        + $"node is {Describe(earlier)}. {Remedy}");

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
