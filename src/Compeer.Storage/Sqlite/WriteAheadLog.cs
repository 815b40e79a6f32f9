using System.Buffers.Binary;
using System.Globalization;

namespace Compeer.Storage.Sqlite;

/// <summary>
/// Looks whether the write-ahead log of a database has been damaged. SQLite uses it up to the first page that is not whole and says
/// nothing of what follows, which is right for a write that was under way when the power failed, and not for what was there before
/// (https://sqlite.org/fileformat2.html#walformat, https://sqlite.org/walformat.html).
/// </summary>
internal static class WriteAheadLog
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int SaltOffset = 16;
    private const int IndexHeaderBytes = 48;
    private const uint Magic = 0x377F_0682;

    /// <summary>What is wrong with the log of the database at this path, in words; null when nothing is, or there is none. To be
    /// called when no daemon has it open.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? Damage(string path)
    {
        if (!File.Exists(path + "-wal"))
        {
            return null;
        }

        // The index first: meanwhile another program may add to the log.
        var index = ReadIndex(path + "-shm");
        using var file = new FileStream(path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.Length == 0)
        {
            return null;
        }

        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !IsHeader(header, out var sum, out var size))
        {
            return "it is no log of a database, or its beginning was overwritten: what was written last is lost";
        }

        var (whole, committed, later) = Walk(file, header.Slice(SaltOffset, 8).ToArray(), sum, size, IsBigEndian(header));
        var known = index is { } there && header.Slice(SaltOffset, 8).SequenceEqual(there.Salt) ? there.Frames : 0;
        var end = Math.Max(known, later);
        return end > committed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"it is damaged behind page {whole} of {end}: what was written last is lost, from page {committed + 1} on")
            : null;
    }

    /// <summary>Goes through the pages of the log.</summary>
    /// <returns>How many are whole, with which of them the last commit ends, and which of those behind is the last end of a commit; 0 for
    /// none.</returns>
    private static (long Whole, long Committed, long Later) Walk(
        FileStream file, byte[] salt, (uint One, uint Two) sum, int size, bool isBig)
    {
        var frame = new byte[FrameHeaderBytes + size];
        var (whole, committed, later, isBroken) = (0L, 0L, 0L, false);
        for (var number = 1L; file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; number++)
        {
            var isOfThisLog = frame.AsSpan(8, 8).SequenceEqual(salt);
            var isCommit = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0;
            if (!isBroken && isOfThisLog)
            {
                sum = Sum(frame.AsSpan(0, 8), sum, isBig);
                sum = Sum(frame.AsSpan(FrameHeaderBytes), sum, isBig);
            }

            isBroken = isBroken || !isOfThisLog || sum.One != BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(SaltOffset))
                || sum.Two != BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(SaltOffset + 4));
            whole = isBroken ? whole : number;
            committed = !isBroken && isCommit ? number : committed;
            later = isBroken && isOfThisLog && isCommit ? number : later;
        }

        return (whole, committed, later);
    }

    private static bool IsHeader(ReadOnlySpan<byte> header, out (uint One, uint Two) sum, out int size)
    {
        size = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        sum = Sum(header[..24], (0, 0), IsBigEndian(header));
        return (BinaryPrimitives.ReadUInt32BigEndian(header) & ~1u) == Magic && size is >= 512 and <= 65_536
            && sum.One == BinaryPrimitives.ReadUInt32BigEndian(header[24..])
            && sum.Two == BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
    }

    /// <summary>How its sums take the bytes.</summary>
    private static bool IsBigEndian(ReadOnlySpan<byte> header) => (header[3] & 1) != 0;

    private static (uint One, uint Two) Sum(ReadOnlySpan<byte> bytes, (uint One, uint Two) sum, bool isBig)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var (first, second) = isBig
                ? (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]))
                : (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
            sum.One += first + sum.Two;
            sum.Two += second + sum.One;
        }

        return sum;
    }

    /// <summary>How many pages of a log were in force for the programs that had the database open last, and which log that was; null when
    /// nobody knows.</summary>
    private static (long Frames, byte[] Salt)? ReadIndex(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> both = stackalloc byte[2 * IndexHeaderBytes];
        return file.ReadAtLeast(both, both.Length, throwOnEndOfStream: false) == both.Length && both[12] == 1
            && both[..IndexHeaderBytes].SequenceEqual(both[IndexHeaderBytes..])
                ? (BitConverter.ToUInt32(both[16..]), both.Slice(32, 8).ToArray())
                : null;
    }
}
