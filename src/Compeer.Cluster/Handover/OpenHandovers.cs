namespace Compeer.Cluster.Handover;

/// <summary>
/// What this node gave up and the shell has not said yet what of it is in flight. Until it has, the others are told
/// that this node acts on the division before.
/// </summary>
/// <param name="duty">The kind of work that is given up; the numbers tell kinds apart.</param>
internal sealed class OpenHandovers(int duty)
{
    private readonly HashSet<long> _numbers = [];
    private long _last = duty;

    /// <summary>Whether there are none.</summary>
    public bool AreAnswered => _numbers.Count == 0;

    /// <summary>The division that this node acted on before the first of them.</summary>
    public ulong AppliedBefore { get; private set; }

    /// <summary>The kind of work that a number is about.</summary>
    public static int DutyOf(long number) => (int)(number % PeerGroups.Duties);

    /// <summary>Numbers one that wants an answer.</summary>
    /// <param name="applied">The division that this node acts on up to now.</param>
    public long Begin(ulong applied)
    {
        AppliedBefore = AreAnswered ? applied : AppliedBefore;
        _last += PeerGroups.Duties;
        _numbers.Add(_last);
        return _last;
    }

    /// <summary>Numbers one that wants no answer; those that do have become pointless.</summary>
    public long BeginUnanswered()
    {
        _numbers.Clear();
        return _last += PeerGroups.Duties;
    }

    /// <summary>An answer came. False when nobody waits for it any more.</summary>
    public bool Answer(long number) => _numbers.Remove(number);
}
