using System.Runtime.InteropServices;

namespace Compeer.Daemon.Hosting;

/// <summary>Who owns a file and what it is, by statx(2): its structure is the same on every architecture, unlike that of stat(2).</summary>
internal static partial class Statx
{
    private const int AtCurrentDirectory = -100;
    private const uint MaskUserAndGroup = 0x8 | 0x10;
    private const int StructureBytes = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;
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
        Span<byte> buffer = stackalloc byte[StructureBytes];
        return Call(AtCurrentDirectory, path, 0, MaskType, ref MemoryMarshal.GetReference(buffer)) == 0
            && (MemoryMarshal.Read<ushort>(buffer[ModeOffset..]) & TypeMask) != RegularFile;
    }

    /// <summary>False when the file is not there or cannot be looked at.</summary>
    public static bool TryGetOwner(string path, out uint user, out uint group)
    {
        Span<byte> buffer = stackalloc byte[StructureBytes];
        var found = Call(AtCurrentDirectory, path, 0, MaskUserAndGroup, ref MemoryMarshal.GetReference(buffer)) == 0;
        user = found ? MemoryMarshal.Read<uint>(buffer[UserOffset..]) : 0;
        group = found ? MemoryMarshal.Read<uint>(buffer[GroupOffset..]) : 0;
        return found;
    }

    /// <summary>What a file or folder is whatever path leads to it: its device and its number there. False when it is not there
    /// or cannot be looked at.</summary>
    public static bool TryGetIdentity(string path, out (ulong Device, ulong Inode) identity)
    {
        Span<byte> buffer = stackalloc byte[StructureBytes];
        var found = Call(AtCurrentDirectory, path, 0, MaskInode, ref MemoryMarshal.GetReference(buffer)) == 0;
        identity = found
            ? (MemoryMarshal.Read<ulong>(buffer[DeviceOffset..]), MemoryMarshal.Read<ulong>(buffer[InodeOffset..]))
            : default;
        return found;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Call(int directory, string path, int flags, uint mask, ref byte buffer);
}
