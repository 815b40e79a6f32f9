namespace Compeer.Daemon.Passive;

/// <summary>What is counted of one way in since the start. Any thread.</summary>
internal sealed class PassiveCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<PassiveRefusal>().Length];
    private long _results;

    /// <summary>Results that the engine took.</summary>
    public long Results => Interlocked.Read(ref _results);

    /// <summary>All that was refused.</summary>
    public long AllRefused => Enum.GetValues<PassiveRefusal>().Sum(Refused);

    /// <summary>What was refused for a reason.</summary>
    public long Refused(PassiveRefusal reason) => Interlocked.Read(ref _refused[(int)reason]);

    /// <summary>The engine took a result, or did not.</summary>
    public void Count(bool isTaken)
    {
        if (isTaken)
        {
            Interlocked.Increment(ref _results);
        }
        else
        {
            Refuse(PassiveRefusal.NotTaken);
        }
    }

    /// <summary>Something was refused.</summary>
    public void Refuse(PassiveRefusal reason) => Interlocked.Increment(ref _refused[(int)reason]);
}
