namespace Compeer.Engine.Model;

/// <summary>The last states of a host or service, two bits each, the newest lowest: what flapping is told from.</summary>
/// <param name="Bits">The states; those before the first are 0.</param>
public readonly record struct StateHistory(ulong Bits)
{
    /// <summary>How many states are kept (Naemon <c>MAX_STATE_HISTORY_ENTRIES</c>).</summary>
    public const int Length = 21;

    /// <summary>Bits beyond these are never set.</summary>
    public const ulong Mask = (1UL << (2 * Length)) - 1;

    private const double OldestWeight = 0.75;
    private const double NewestWeight = 1.25;

    /// <summary>A state; 0 is the oldest, <see cref="Length"/> - 1 the newest.</summary>
    private int this[int place] => (int)(Bits >> (2 * (Length - 1 - place))) & 3;

    /// <summary>The same with another state, the oldest forgotten.</summary>
    public StateHistory With(byte state) => new(((Bits << 2) | state) & Mask);

    /// <summary>
    /// How much changed, per cent: changes are weighed from 0.75 for the oldest to 1.25 for the newest one. As in Naemon's
    /// <c>flapping_pct</c> the last of the changes counts from the next state on only (Nagios counts it at once).
    /// </summary>
    public double PercentChange
    {
        get
        {
            var changes = 0.0;
            for (var place = 2; place < Length; place++)
            {
                if (this[place - 2] != this[place - 1])
                {
                    changes += ((place - 1) * (NewestWeight - OldestWeight) / (Length - 2)) + OldestWeight;
                }
            }

            return changes * 100.0 / (Length - 1);
        }
    }
}
