using System.Globalization;
using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>
/// A folder that stays the one that was opened, whatever is renamed or put in the place of its path meanwhile. What is in it is
/// reached by one name, without a slash, and no link is followed on the way: nobody who may write in a folder can lead a
/// program elsewhere by it.
/// </summary>
public sealed class HeldFolder : IDisposable
{
    private const int OwnerOnly = 0x180; // 0600

    private readonly SafeFileHandle _handle;

    private HeldFolder(SafeFileHandle handle) => _handle = handle;

    /// <summary>A path of this process by which the runtime finds it.</summary>
    public string RuntimePath =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_handle.DangerousGetHandle()}");

    /// <summary>Opens a folder by its path; links on the way are followed.</summary>
    /// <exception cref="IOException">It cannot be opened; <see cref="SystemError"/> has the words.</exception>
    public static HeldFolder Open(string path) => new(OpenHandle(path, LibcFiles.Directory));

    /// <summary>Opens the folder of all, for what is in it to be reached; see <see cref="OpenWay"/>.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static HeldFolder OpenRoot() => new(OpenHandle("/", LibcFiles.Directory | Libc.PathOnly));

    /// <summary>Opens a folder in this one for what is in it to be reached and nothing else: its names cannot be read, nor its mode set,
    /// and a user suffices who may only pass through.</summary>
    /// <exception cref="IOException">It cannot be opened, or is a link.</exception>
    public HeldFolder OpenWay(string name) =>
        new(OpenHandle(PathOf(name), LibcFiles.Directory | LibcFiles.NotFollowing | Libc.PathOnly));

    /// <summary>Opens the folder in which this one is, likewise.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public HeldFolder OpenAbove() => new(OpenHandle($"{RuntimePath}/..", LibcFiles.Directory | Libc.PathOnly));

    /// <summary>What this folder is.</summary>
    public FileDetails? Details => FileDetails.Of($"{RuntimePath}/.");

    /// <summary>Opens a folder in this one.</summary>
    /// <exception cref="IOException">It cannot be opened, or is a link.</exception>
    public HeldFolder OpenFolder(string name) => new(OpenHandle(PathOf(name), LibcFiles.Directory | LibcFiles.NotFollowing));

    /// <summary>Opens a file in this folder to be read; a pipe does not wait for a writer.</summary>
    /// <exception cref="IOException">It cannot be opened, or is a link.</exception>
    public SafeFileHandle OpenFile(string name) => OpenHandle(PathOf(name), LibcFiles.NotFollowing | Libc.NonBlocking);

    /// <summary>Makes a file in this folder, to be written, that only its owner can read.</summary>
    /// <exception cref="IOException">It cannot be made, or there is something of that name.</exception>
    public SafeFileHandle CreateFile(string name) =>
        OpenHandle(PathOf(name), LibcFiles.NotFollowing | LibcFiles.ReadWrite | LibcFiles.Create | LibcFiles.Exclusive);

    /// <summary>What something in this folder is; null when it is not there or cannot be looked at.</summary>
    public FileDetails? DetailsOf(string name) => FileDetails.Of(PathOf(name));

    /// <summary>Whether this process' user may write the file of a name.</summary>
    public bool MayWrite(string name) => LibcFiles.Access(PathOf(name), LibcFiles.MayBeWritten) == 0;

    /// <summary>Gives something in this folder another name, in the place of what had it, in one step.</summary>
    /// <exception cref="IOException">That cannot be done.</exception>
    public void Rename(string existing, string name)
    {
        if (LibcFiles.Rename(PathOf(existing), PathOf(name)) != 0)
        {
            throw OfLastCall();
        }
    }

    /// <summary>Sets the permission bits of the folder itself.</summary>
    /// <exception cref="IOException">That cannot be done.</exception>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public void SetMode(int mode) => File.SetUnixFileMode(_handle, (UnixFileMode)mode);

    /// <summary>Makes what was written and renamed in its file system durable.</summary>
    public void SyncAll()
    {
        if (LibcFiles.SyncFileSystem(_handle) != 0)
        {
            throw OfLastCall();
        }
    }

    /// <summary>The names in it, in no order; bytes that are no text come as U+FFFD.</summary>
    public IReadOnlyList<string> Names() => [.. BytePath.NamesIn(RuntimePath).Select(System.Text.Encoding.UTF8.GetString)];

    /// <summary>The path by which the runtime reaches something in this folder, as long as it is open. What follows links must not be
    /// given it unless it is known to be none.</summary>
    /// <exception cref="ArgumentException">It is no name of one thing in a folder.</exception>
    public string PathOf(string name) => name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\0')
        ? throw new ArgumentException($"'{name}' is no name in a folder", nameof(name))
        : $"{RuntimePath}/{name}";

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle OpenHandle(string path, int flags)
    {
        var descriptor = LibcFiles.Open(path, flags | Libc.CloseOnExec, OwnerOnly);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw OfLastCall();
    }

    private static IOException OfLastCall() =>
        new(SystemError.Words(Marshal.GetLastPInvokeError()), Marshal.GetLastPInvokeError());
}
