using System.Buffers.Binary;
using System.Text;

namespace Compeer.Engine.TimePeriods;

/// <summary>
/// Reads compiled zone files (TZif, RFC 9636): a header, times of changes, a type for each, the types, their names; from version
/// 2 on all that a second time with times of 8 bytes, and a POSIX <c>TZ</c> text for what comes later.
/// </summary>
internal static class ZoneFile
{
    private const int HeaderBytes = 44;
    private const int TypeBytes = 6;
    private const int MostTypes = 256;
    private const int MostChanges = 1 << 16;

    /// <summary>The zone; null when these are not the bytes of one, or it counts leap seconds, which no clock here does.</summary>
    public static ZoneRules? Read(ReadOnlySpan<byte> content)
    {
        if (!Header.TryRead(content, out var header))
        {
            return null;
        }

        if (header.Version == 0)
        {
            return content.Length >= HeaderBytes + header.Length(4) ? Build(content[HeaderBytes..], header, 4, null) : null;
        }

        var first = HeaderBytes + header.Length(4);
        if (content.Length < first || !Header.TryRead(content[first..], out var second))
        {
            return null;
        }

        var data = content[(first + HeaderBytes)..];
        var length = second.Length(8);
        if (data.Length < length + 2 || data[length] != '\n' || data[^1] != '\n')
        {
            return null;
        }

        var footer = Encoding.ASCII.GetString(data[(length + 1)..^1]);
        var later = PosixZone.Parse(footer);
        return footer.Length == 0 || later is not null ? Build(data, second, 8, later) : null;
    }

    private static ZoneRules? Build(ReadOnlySpan<byte> data, Header header, int timeBytes, PosixZone? later)
    {
        var indexes = data[(header.Changes * timeBytes)..];
        if (header.LeapSeconds > 0 || Types(indexes[header.Changes..], header) is not { } types)
        {
            return null;
        }

        var changes = new List<(long At, LocalTimeType After)>(header.Changes);
        for (var i = 0; i < header.Changes; i++)
        {
            var at = timeBytes == 4
                ? BinaryPrimitives.ReadInt32BigEndian(data[(i * 4)..])
                : BinaryPrimitives.ReadInt64BigEndian(data[(i * 8)..]);
            if (indexes[i] >= types.Length || (i > 0 && at <= changes[i - 1].At))
            {
                return null;
            }

            changes.Add((at, types[indexes[i]]));
        }

        if (later is null)
        {
            return PosixZone.Build(types[0], changes, long.MaxValue);
        }

        var last = changes.Count == 0 ? long.MinValue : changes[^1].At;
        var known = changes.Count;
        later.AddChanges(changes, last, YearOf(last));
        return PosixZone.Build(types[0], changes, PosixZone.CycleFrom(changes[known..]));
    }

    private static int YearOf(long seconds)
    {
        const int Earliest = 1900;
        const int Latest = 9000;
        var years = 1970 + (int)Math.Clamp(seconds / (365L * 86_400), -1000, 10_000);
        return Math.Clamp(years - 1, Earliest, Latest);
    }

    private static LocalTimeType[]? Types(ReadOnlySpan<byte> data, Header header)
    {
        var names = data.Slice(header.Types * TypeBytes, header.NameBytes);
        var types = new LocalTimeType[header.Types];
        for (var i = 0; i < types.Length; i++)
        {
            var type = data.Slice(i * TypeBytes, TypeBytes);
            if (type[5] >= names.Length)
            {
                return null;
            }

            var name = names[type[5]..];
            var end = name.IndexOf((byte)0);
            var offset = BinaryPrimitives.ReadInt32BigEndian(type);
            if (end < 0 || Math.Abs((long)offset) > 26 * 3600)
            {
                return null;
            }

            types[i] = new LocalTimeType(TimeSpan.FromSeconds(offset), Encoding.ASCII.GetString(name[..end]));
        }

        return types;
    }

    /// <summary>How many of everything there are.</summary>
    private readonly record struct Header(
        int Version, int UtcFlags, int StandardFlags, int LeapSeconds, int Changes, int Types, int NameBytes)
    {
        public static bool TryRead(ReadOnlySpan<byte> content, out Header header)
        {
            header = default;
            if (content.Length < HeaderBytes || !content.StartsWith("TZif"u8))
            {
                return false;
            }

            Span<int> counts = stackalloc int[6];
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] = BinaryPrimitives.ReadInt32BigEndian(content[(20 + (i * 4))..]);
                if (counts[i] is < 0 or > MostChanges)
                {
                    return false;
                }
            }

            var version = content[4] == 0 ? 0 : content[4] - '0';
            header = new Header(version, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
            return header.Types is > 0 and <= MostTypes;
        }

        /// <summary>Bytes of what follows the header.</summary>
        public int Length(int timeBytes) => (Changes * (timeBytes + 1)) + (Types * TypeBytes) + NameBytes
            + (LeapSeconds * (timeBytes + 4)) + StandardFlags + UtcFlags;
    }
}
