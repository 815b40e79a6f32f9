using System.Runtime.InteropServices;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>A user of the machine.</summary>
/// <param name="Name">Login name; empty when the machine knows none.</param>
/// <param name="Id">User id.</param>
/// <param name="Group">Its own group.</param>
/// <param name="Home">Home folder.</param>
public sealed record SystemUser(string Name, uint Id, uint Group, string Home)
{
    /// <summary>The user this process acts as; 0 is root.</summary>
    public static uint EffectiveId => LibcFiles.GetEffectiveUser();

    /// <summary>Whether this process has root's rights.</summary>
    public static bool IsRoot => EffectiveId == 0;

    /// <summary>The user of an id; null when the machine does not know it. Not for several threads at a time.</summary>
    public static unsafe SystemUser? Find(uint id) => Of(LibcFiles.GetUser(id));

    /// <summary>The user of a name; null when the machine does not know it. Not for several threads at a time.</summary>
    public static unsafe SystemUser? Find(string name) => Of(LibcFiles.GetUser(name));

    private static unsafe SystemUser? Of(LibcFiles.PasswordEntry* entry) => entry is null
        ? null
        : new SystemUser(
            Marshal.PtrToStringUTF8((nint)entry->Name) ?? "",
            entry->User,
            entry->Group,
            Marshal.PtrToStringUTF8((nint)entry->Home) ?? "/");
}
