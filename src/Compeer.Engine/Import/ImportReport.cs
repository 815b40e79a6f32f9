namespace Compeer.Engine.Import;

/// <summary>What became of what a <c>retention.dat</c> says. Filled by the engine, batch by batch; one thread at a time.</summary>
public sealed class ImportReport
{
    /// <summary>Most names that are kept of each kind; all are counted.</summary>
    public const int MostNames = 50;

    /// <summary>Most characters of a name or a reason that are kept.</summary>
    public const int LongestName = 300;

    private readonly SortedDictionary<string, (long Taken, long Kept)> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _unknownKeys = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];
    private readonly List<string> _refused = [];

    /// <summary>Of each kind of thing, such as states: how many were taken, and how many were left because the cluster has them already,
    /// or something newer.</summary>
    public IReadOnlyDictionary<string, (long Taken, long Kept)> Counts => _counts;

    /// <summary>Keys and blocks that mean nothing here, and how often they came, the first <see cref="MostNames"/>.</summary>
    public IReadOnlyDictionary<string, long> UnknownKeys => _unknownKeys;

    /// <summary>Objects that this configuration does not have, the first <see cref="MostNames"/>.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>How many blocks were of such objects.</summary>
    public long UnknownObjects { get; private set; }

    /// <summary>What could not be taken, and why, the first <see cref="MostNames"/>.</summary>
    public IReadOnlyList<string> Refused => _refused;

    /// <summary>How much could not be taken.</summary>
    public long Refusals { get; private set; }

    internal void Take(string what) => _counts[what] = _counts.GetValueOrDefault(what) is var (taken, kept) ? (taken + 1, kept) : default;

    internal void Keep(string what) => _counts[what] = _counts.GetValueOrDefault(what) is var (taken, kept) ? (taken, kept + 1) : default;

    internal void NotKnown(string name)
    {
        UnknownObjects++;
        if (_unknown.Count < MostNames && !_unknown.Contains(Short(name)))
        {
            _unknown.Add(Short(name));
        }
    }

    internal void NotUnderstood(string key)
    {
        key = Short(key);
        if (_unknownKeys.Count < MostNames || _unknownKeys.ContainsKey(key))
        {
            _unknownKeys[key] = _unknownKeys.GetValueOrDefault(key) + 1;
        }
    }

    internal void Refuse(string why)
    {
        Refusals++;
        if (_refused.Count < MostNames)
        {
            _refused.Add(Short(why));
        }
    }

    private static string Short(string text) => text.Length <= LongestName ? text : text[..LongestName] + "...";
}
