using System.Runtime.InteropServices;
using Compeer.Platform.Native;

namespace Compeer.Platform.Files;

/// <summary>What a file is, by statx(2): its structure is the same on every processor, unlike that of stat(2).</summary>
public static class FileStatus
{
    internal const int Bytes = 256;
    internal const uint MaskUserAndGroup = 0x8 | 0x10;
    internal const int UserOffset = 20;
    internal const int GroupOffset = 24;

    private const uint MaskType = 0x1;
    private const uint MaskInode = 0x100;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>Whether there is something that is no regular file, nor leads to one: a pipe, say, whose reader waits for
    /// ever.</summary>
    public static bool IsSpecial(string path)
    {
        Span<byte> status = stackalloc byte[Bytes];
        return TryRead(path, MaskType, status)
            && (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) != RegularFile;
    }

    /// <summary>What a file or folder is whatever path leads to it: its device and its number there. False when it is not there
    /// or cannot be looked at.</summary>
    public static bool TryGetIdentity(string path, out (ulong Device, ulong Inode) identity)
    {
        Span<byte> status = stackalloc byte[Bytes];
        var found = TryRead(path, MaskInode, status);
        identity = found
            ? (MemoryMarshal.Read<ulong>(status[DeviceOffset..]), MemoryMarshal.Read<ulong>(status[InodeOffset..]))
            : default;
        return found;
    }

    internal static unsafe bool TryRead(string path, uint mask, Span<byte> status)
    {
        fixed (byte* start = status)
        {
            return LibcFiles.Statx(LibcFiles.CurrentFolder, path, flags: 0, mask, start) == 0;
        }
    }
}
