using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>
/// A text file that whole lines are added to, always at its end (O_APPEND): what other programs add stays, and after a
/// truncation from outside it goes on at the new end. Used by one thread at a time.
/// </summary>
public sealed unsafe class AppendedFile : IDisposable
{
    private const int OwnerAndGroup = 0x1A0; // 0640

    private readonly SafeFileHandle _handle;
    private readonly (ulong Device, ulong Inode) _identity;
    private long _end;
    private bool _isTorn;

    private AppendedFile(SafeFileHandle handle, long end)
    {
        _handle = handle;
        _end = end;
        _isTorn = end > 0 && !EndsInLine(end);
        FileStatus.TryGetIdentity($"/proc/self/fd/{handle.DangerousGetHandle()}", out _identity);
    }

    /// <summary>Opens or makes a file.</summary>
    /// <exception cref="IOException">It cannot be appended to; <see cref="SystemError"/> has the words.</exception>
    public static AppendedFile Open(string path)
    {
        var descriptor = LibcFiles.Open(
            path, LibcFiles.ReadWrite | LibcFiles.Create | LibcFiles.Append | Libc.NonBlocking | Libc.CloseOnExec, OwnerAndGroup);
        if (descriptor < 0)
        {
            throw Fault();
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            // What has no position is a pipe, a socket or a terminal.
            return LibcFiles.Seek(handle, 0, LibcFiles.FromCurrent) < 0
                ? throw Fault()
                : new AppendedFile(handle, RandomAccess.GetLength(handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The number of the file, 0 when the file system does not say it, and the end of what was added last, bytes.</summary>
    public (long File, long Offset) Position => (unchecked((long)_identity.Inode), _end);

    /// <summary>Whether the path still leads to this file, and nobody has cut it shorter.</summary>
    public bool IsWholeAt(string path)
    {
        try
        {
            return FileStatus.TryGetIdentity(path, out var identity) && identity == _identity && RandomAccess.GetLength(_handle) >= _end;
        }
        catch (IOException)
        {
            // The file system has lost it.
            return false;
        }
    }

    /// <summary>Adds lines, or those of them that there is room for.</summary>
    /// <param name="lines">Whole lines, each with its end.</param>
    /// <param name="problem">Why not all were added; null when they were.</param>
    /// <returns>How many bytes of <paramref name="lines"/> are in the file now: whole lines only.</returns>
    public int Add(ReadOnlySpan<byte> lines, out string? problem)
    {
        if (_isTorn && Write("\n"u8, out problem) == 0)
        {
            return 0;
        }

        _isTorn = false;
        var written = Write(lines, out problem);
        var whole = problem is null ? written : lines[..written].LastIndexOf((byte)'\n') + 1;
        var end = LibcFiles.Seek(_handle, 0, LibcFiles.FromCurrent);
        if (whole < written)
        {
            end = TakeBack(end, written - whole);
        }

        _end = end;
        return whole;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static IOException Fault() => new("the system call failed", Marshal.GetLastPInvokeError());

    /// <summary>Takes a piece of a line off the end again, unless somebody has added something after it: then the next
    /// line begins on a line of its own.</summary>
    private long TakeBack(long end, int bytes)
    {
        try
        {
            if (RandomAccess.GetLength(_handle) == end)
            {
                RandomAccess.SetLength(_handle, end - bytes);
                return end - bytes;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It stays.
        }

        _isTorn = true;
        return end;
    }

    private bool EndsInLine(long end)
    {
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.Read(_handle, last, end - 1) == 0 || last[0] == (byte)'\n';
    }

    private int Write(ReadOnlySpan<byte> bytes, out string? problem)
    {
        problem = null;
        var written = 0;
        fixed (byte* first = bytes)
        {
            while (written < bytes.Length)
            {
                var count = Libc.Write((int)_handle.DangerousGetHandle(), first + written, (nuint)(bytes.Length - written));
                var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (count > 0)
                {
                    written += (int)count;
                }
                else if (error != Errno.Interrupted)
                {
                    problem = SystemError.Words(error);
                    break;
                }
            }
        }

        return written;
    }
}
