using System.Runtime.InteropServices;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>A group of the machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its number.</param>
public sealed record SystemGroup(string Name, uint Id)
{
    /// <summary>The group of an id; null when the machine does not know it. Not for several threads at a time.</summary>
    public static unsafe SystemGroup? Find(uint id) => Of(LibcFiles.GetGroup(id));

    /// <summary>The group of a name; null when the machine does not know it. Not for several threads at a time.</summary>
    public static unsafe SystemGroup? Find(string name) => Of(LibcFiles.GetGroup(name));

    private static unsafe SystemGroup? Of(LibcFiles.GroupEntry* entry) =>
        entry is null ? null : new SystemGroup(Marshal.PtrToStringUTF8((nint)entry->Name) ?? "", entry->Group);
}
