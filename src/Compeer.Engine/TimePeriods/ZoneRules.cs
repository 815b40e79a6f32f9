namespace Compeer.Engine.TimePeriods;

/// <summary>
/// A time zone as the C library knows it, names of its times included (.NET has only its own names for them): from a compiled
/// zone file, or from a POSIX <c>TZ</c> text. Immutable, any thread.
/// </summary>
public sealed class ZoneRules : IEquatable<ZoneRules>
{
    private readonly long[] _changes;
    private readonly LocalTimeType[] _after;
    private readonly LocalTimeType _first;
    private readonly long _cycleFrom;

    /// <summary>Puts it together.</summary>
    /// <param name="first">Local time before the first change.</param>
    /// <param name="changes">When local time changes, seconds since 1970, rising.</param>
    /// <param name="after">What it is from each of them on.</param>
    /// <param name="cycleFrom">From when on everything repeats after <see cref="PosixZone.CycleSeconds"/>;
    /// <see cref="long.MaxValue"/> when it does not.</param>
    internal ZoneRules(LocalTimeType first, long[] changes, LocalTimeType[] after, long cycleFrom)
    {
        _first = first;
        _changes = changes;
        _after = after;
        _cycleFrom = cycleFrom;
    }

    /// <summary>Coordinated universal time.</summary>
    public static ZoneRules Utc { get; } = new(new LocalTimeType(TimeSpan.Zero, "UTC"), [], [], long.MaxValue);

    /// <summary>The zone of a compiled zone file (TZif, RFC 9636); null when it is none, or one that counts leap seconds.</summary>
    public static ZoneRules? FromFile(ReadOnlySpan<byte> content) => ZoneFile.Read(content);

    /// <summary>The zone of a POSIX <c>TZ</c> text such as <c>CET-1CEST,M3.5.0,M10.5.0/3</c>; null when it is none.</summary>
    public static ZoneRules? FromPosix(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PosixZone.Parse(text)?.ToRules();
    }

    /// <summary>What local time is at a time.</summary>
    public LocalTimeType At(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        if (_changes.Length == 0)
        {
            return _first;
        }

        if (_cycleFrom != long.MaxValue && seconds >= _cycleFrom + PosixZone.CycleSeconds)
        {
            seconds = _cycleFrom + ((seconds - _cycleFrom) % PosixZone.CycleSeconds);
        }

        var place = Array.BinarySearch(_changes, seconds);
        place = place < 0 ? ~place - 1 : place;
        return place < 0 ? _first : _after[place];
    }

    /// <summary>Local time minus UTC at a time.</summary>
    public TimeSpan GetUtcOffset(DateTimeOffset time) => At(time).Offset;

    /// <summary>Whether local time is the same at all times.</summary>
    public bool Equals(ZoneRules? other) => ReferenceEquals(this, other)
        || (other is not null
            && _first == other._first
            && _cycleFrom == other._cycleFrom
            && _changes.AsSpan().SequenceEqual(other._changes)
            && _after.AsSpan().SequenceEqual(other._after));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ZoneRules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _changes.Length, _cycleFrom);
}
