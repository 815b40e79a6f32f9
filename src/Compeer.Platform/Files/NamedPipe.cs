using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>
/// A named pipe that other programs write to and this one reads. It is open for writing too, so that it never ends because a writer
/// went away, and so that a reader can be woken. One thread reads.
/// </summary>
public sealed unsafe class NamedPipe : IDisposable
{
    private const int Interrupted = 4; // EINTR

    /// <summary>Owner and group read and write: whoever may give commands is in the group.</summary>
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly SafeFileHandle _waker;
    private readonly bool _isMadeHere;

    private NamedPipe(string path, SafeFileHandle handle, SafeFileHandle waker, bool isMadeHere)
    {
        _waker = waker;
        _path = path;
        _handle = handle;
        _isMadeHere = isMadeHere;
    }

    /// <summary>Makes a pipe, or opens the one that is there.</summary>
    /// <exception cref="SystemErrorException">It cannot be made or opened.</exception>
    /// <exception cref="IOException">There is something else of that name, or its mode cannot be set.</exception>
    public static NamedPipe Open(string path)
    {
        var isMadeHere = LibcFiles.MakePipe(path, (uint)Mode) == 0;
        var fault = isMadeHere ? 0 : Marshal.GetLastPInvokeError();
        if (!isMadeHere && fault != LibcFiles.AlreadyExists)
        {
            throw new SystemErrorException($"{path} cannot be made", fault);
        }

        // Not waiting: what is there already may be anything.
        var descriptor = LibcFiles.Open(path, LibcFiles.ReadWrite | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            throw SystemErrorException.OfLastCall($"{path} cannot be opened");
        }

        var probe = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            if (LibcFiles.Seek(probe, 0, LibcFiles.FromCurrent) >= 0)
            {
                throw new IOException($"{path} is there and is no named pipe");
            }

            var waiting = LibcFiles.Open(path, LibcFiles.ReadWrite | Libc.CloseOnExec, 0);
            if (waiting < 0)
            {
                throw SystemErrorException.OfLastCall($"{path} cannot be opened");
            }

            if (isMadeHere)
            {
                // The process's mask took bits away.
                File.SetUnixFileMode(path, Mode);
            }

            return new NamedPipe(path, new SafeFileHandle(waiting, ownsHandle: true), probe, isMadeHere);
        }
        catch
        {
            probe.Dispose();
            throw;
        }
    }

    /// <summary>Waits for bytes and reads them.</summary>
    /// <returns>How many; more than zero.</returns>
    /// <exception cref="SystemErrorException">It cannot be read any more.</exception>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            while (true)
            {
                var count = Libc.Read((int)_handle.DangerousGetHandle(), first, (nuint)buffer.Length);
                if (count > 0)
                {
                    return (int)count;
                }

                if (count == 0 || Marshal.GetLastPInvokeError() != Interrupted)
                {
                    throw SystemErrorException.OfLastCall($"{_path} cannot be read");
                }
            }
        }
    }

    /// <summary>Gives the reader a line's end, so that it looks around. When the pipe is full there is no need, nor any wait.</summary>
    public void Wake()
    {
        var end = (byte)'\n';
        _ = Libc.Write((int)_waker.DangerousGetHandle(), &end, 1);
    }

    /// <summary>Closes it, and takes it away when it was made here. Nobody may be reading.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        _waker.Dispose();
        if (_isMadeHere)
        {
            File.Delete(_path);
        }
    }
}
