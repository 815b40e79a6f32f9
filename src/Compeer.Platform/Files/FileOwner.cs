using System.Buffers.Binary;
using Compeer.Platform.Native;
using Compeer.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>Whose a file or folder is.</summary>
/// <param name="User">User id; 0 is root.</param>
/// <param name="Group">Group id.</param>
public sealed record FileOwner(uint User, uint Group)
{
    /// <summary>Whose a file or folder is; null when it is not there or cannot be looked at.</summary>
    public static FileOwner? Of(string path)
    {
        Span<byte> status = stackalloc byte[FileStatus.Bytes];
        return FileStatus.TryRead(path, FileStatus.MaskUserAndGroup, status)
            ? new FileOwner(
                BinaryPrimitives.ReadUInt32LittleEndian(status[FileStatus.UserOffset..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[FileStatus.GroupOffset..]))
            : null;
    }

    /// <summary>Makes the file or folder this owner's; false when this user may not. A link is not followed: where the folder is somebody
    /// else's it may have come there meanwhile.</summary>
    public bool TryGive(string path) => LibcFiles.ChangeOwner(path, User, Group) == 0;

    /// <summary>Makes an open file this owner's; false when this user may not.</summary>
    public bool TryGive(SafeFileHandle file) => LibcFiles.ChangeOwner(file, User, Group) == 0;

    /// <summary>When root made the file in another user's folder, hands it to that user, who must be able to read it.</summary>
    public static void GiveToOwnerOf(string folder, string file)
    {
        if (SystemUser.IsRoot && Of(folder) is { User: not 0 } owner)
        {
            _ = owner.TryGive(file);
        }
    }
}
