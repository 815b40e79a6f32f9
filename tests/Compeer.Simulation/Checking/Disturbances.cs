namespace Compeer.Simulation.Checking;

/// <summary>
/// What was done to a cluster, and whether it had its time to get over one thing before the next came. Faults that follow each other
/// more closely are one storm.
/// </summary>
/// <param name="settling">The time in which one fault is overcome.</param>
internal sealed class Disturbances(TimeSpan settling)
{
    /// <summary>When the last fault began or ended.</summary>
    public TimeSpan Last { get; private set; }

    /// <summary>How many faults began or ended in the present storm, or the one before; one for a fault that came alone.</summary>
    public int InStorm { get; private set; }

    /// <summary>Something was done.</summary>
    public void Add(TimeSpan now)
    {
        InStorm = now - Last > settling ? 1 : InStorm + 1;
        Last = now;
    }
}
