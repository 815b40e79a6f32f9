namespace Compeer.Cluster.Handover;

/// <summary>
/// What this node gave up and the shell has not said yet what of it has a check in flight. Until it has, the others are told
/// that this node acts on the division before.
/// </summary>
internal sealed class OpenHandovers
{
    private readonly HashSet<long> _numbers = [];
    private long _last;

    /// <summary>Whether there are none.</summary>
    public bool AreAnswered => _numbers.Count == 0;

    /// <summary>The division that this node acted on before the first of them.</summary>
    public ulong AppliedBefore { get; private set; }

    /// <summary>Numbers one that wants an answer.</summary>
    /// <param name="applied">The division that this node acts on up to now.</param>
    public long Begin(ulong applied)
    {
        AppliedBefore = AreAnswered ? applied : AppliedBefore;
        _numbers.Add(++_last);
        return _last;
    }

    /// <summary>Numbers one that wants no answer; those that do have become pointless.</summary>
    public long BeginUnanswered()
    {
        _numbers.Clear();
        return ++_last;
    }

    /// <summary>An answer came. False when nobody waits for it any more.</summary>
    public bool Answer(long number) => _numbers.Remove(number);
}
