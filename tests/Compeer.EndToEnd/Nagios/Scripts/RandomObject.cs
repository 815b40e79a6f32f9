namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>A host or service of a random script, and what is known of it: enough to leave out what Nagios and Naemon do
/// differently, and to wait for what comes by itself.</summary>
/// <param name="name">Its name, with the mark of the script; of a service <c>host;description</c>.</param>
internal sealed class RandomObject(string name)
{
    public string Name => name;

    public bool IsHost => !name.Contains(';', StringComparison.Ordinal);

    /// <summary>How commands call it.</summary>
    public string Kind => IsHost ? "HOST" : "SVC";

    /// <summary>Its state by the last result that was taken.</summary>
    public int State { get; private set; }

    /// <summary>Whether results are taken.</summary>
    public bool TakesResults { get; set; } = true;

    /// <summary>The text of the downtime that it has; null for none.</summary>
    public string? Downtime { get; set; }

    /// <summary>Whether that waits for a problem.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Whether that is in effect.</summary>
    public bool IsInDowntime { get; private set; }

    /// <summary>Nobody is told of it.</summary>
    public bool IsSilent { get; set; }

    /// <summary>A result comes.</summary>
    /// <returns>Whether it begins a downtime.</returns>
    public bool Take(int state)
    {
        if (!TakesResults)
        {
            return false;
        }

        var begins = IsWaiting && state != State && state != 0;
        State = state;
        if (begins)
        {
            (IsWaiting, IsInDowntime) = (false, true);
        }

        return begins;
    }

    /// <summary>A downtime is scheduled.</summary>
    public void Schedule(string text, bool isNow, bool isFlexible) =>
        (Downtime, IsInDowntime, IsWaiting) = (text, isNow && !isFlexible, isNow && isFlexible);

    /// <summary>It is cancelled.</summary>
    public void Cancel() => (Downtime, IsInDowntime, IsWaiting) = (null, false, false);
}
