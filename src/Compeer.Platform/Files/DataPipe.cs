using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>A named pipe that this program writes to and never waits for: it is open for reading too, so that no reader need be there,
/// and when it is full nothing more goes in. Used by one thread at a time.</summary>
public sealed unsafe class DataPipe : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly SafeFileHandle _handle;

    private DataPipe(SafeFileHandle handle) => _handle = handle;

    /// <summary>Makes a pipe, or opens the one that is there.</summary>
    /// <exception cref="SystemErrorException">It cannot be made or opened.</exception>
    /// <exception cref="IOException">There is something else of that name.</exception>
    public static DataPipe Open(string path)
    {
        if (LibcFiles.MakePipe(path, (uint)Mode) != 0 && Marshal.GetLastPInvokeError() is var fault and not LibcFiles.AlreadyExists)
        {
            throw new SystemErrorException($"{path} cannot be made", fault);
        }

        var descriptor = LibcFiles.Open(path, LibcFiles.ReadWrite | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            throw SystemErrorException.OfLastCall($"{path} cannot be opened");
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (LibcFiles.Seek(handle, 0, LibcFiles.FromCurrent) >= 0)
        {
            handle.Dispose();
            throw new IOException($"{path} is there and is no named pipe");
        }

        return new DataPipe(handle);
    }

    /// <summary>Writes what there is room for.</summary>
    /// <param name="bytes">What is to be written.</param>
    /// <param name="problem">Why not all was; null when it was.</param>
    /// <returns>How many bytes went in; a line may be cut there.</returns>
    public int Add(ReadOnlySpan<byte> bytes, out string? problem)
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
                    problem = error == Errno.Again ? "nobody reads the pipe" : SystemError.Words(error);
                    break;
                }
            }
        }

        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
