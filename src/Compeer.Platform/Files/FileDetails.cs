using System.Runtime.InteropServices;
using Compeer.Platform.Native;

namespace Compeer.Platform.Files;

/// <summary>What a file, folder or link is by itself, a link not followed, by statx(2).</summary>
/// <param name="Type">What it is.</param>
/// <param name="Mode">Permission bits, those that lend rights included: 07777.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Modified">When its content was changed, in ticks of 100 ns since 0001-01-01 (UTC).</param>
/// <param name="Changed">When anything of it was changed, likewise; nobody can set it back.</param>
/// <param name="Device">The device it is on.</param>
/// <param name="Inode">Its number there.</param>
public sealed record FileDetails(
    FileType Type, int Mode, FileOwner Owner, long Bytes, long Modified, long Changed, ulong Device, ulong Inode)
{
    private const int NotFollowing = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint Basic = 0x7FF; // STATX_BASIC_STATS
    private const int TypeMask = 0xF000;
    private const int ModeMask = 0xFFF;

    /// <summary>Of a path; null when it is not there or cannot be looked at.</summary>
    public static unsafe FileDetails? Of(string path)
    {
        Span<byte> status = stackalloc byte[FileStatus.Bytes];
        fixed (byte* start = status)
        {
            if (LibcFiles.Statx(LibcFiles.CurrentFolder, path, NotFollowing, Basic, start) != 0)
            {
                return null;
            }
        }

        int mode = MemoryMarshal.Read<ushort>(status[28..]);
        return new FileDetails(
            (mode & TypeMask) switch
            {
                0x8000 => FileType.File,
                0x4000 => FileType.Folder,
                0xA000 => FileType.Link,
                _ => FileType.Special,
            },
            mode & ModeMask,
            new FileOwner(
                MemoryMarshal.Read<uint>(status[FileStatus.UserOffset..]), MemoryMarshal.Read<uint>(status[FileStatus.GroupOffset..])),
            MemoryMarshal.Read<long>(status[40..]),
            TimeAt(status[112..]),
            TimeAt(status[96..]),
            MemoryMarshal.Read<ulong>(status[136..]),
            MemoryMarshal.Read<ulong>(status[32..]));
    }

    /// <summary>struct statx_timestamp: seconds, then nanoseconds.</summary>
    private static long TimeAt(ReadOnlySpan<byte> field)
    {
        var seconds = MemoryMarshal.Read<long>(field);
        var first = -DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;
        var last = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return seconds < first || seconds >= last
            ? DateTime.UnixEpoch.Ticks
            : DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (MemoryMarshal.Read<uint>(field[8..]) / 100);
    }
}
