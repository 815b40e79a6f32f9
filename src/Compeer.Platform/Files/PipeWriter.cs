using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>Writes into a named pipe that another program reads.</summary>
public static unsafe class PipeWriter
{
    /// <summary>What is written in one piece, whoever else writes: PIPE_BUF of Linux.</summary>
    public const int Longest = 4096;

    private const int NoReader = 6; // ENXIO
    private const int Interrupted = 4; // EINTR

    /// <summary>Writes a line. A full pipe is waited for.</summary>
    /// <param name="path">The pipe.</param>
    /// <param name="line">The line with its end; at most <see cref="Longest"/> bytes.</param>
    /// <returns>Null when it was written, else why not.</returns>
    public static string? Write(string path, ReadOnlySpan<byte> line)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line.Length, Longest);

        // Not waiting: a pipe that nobody reads would keep us for ever.
        using var probe = Open(path, Libc.NonBlocking, out var fault);
        if (fault == NoReader)
        {
            return $"nobody reads {path}";
        }

        if (fault != 0)
        {
            return new SystemErrorException($"{path} cannot be opened", fault).Message;
        }

        if (LibcFiles.Seek(probe, 0, LibcFiles.FromCurrent) >= 0)
        {
            return $"{path} is no named pipe";
        }

        using var pipe = Open(path, 0, out fault);
        return fault == 0 ? Write(pipe, path, line) : new SystemErrorException($"{path} cannot be opened", fault).Message;
    }

    private static SafeFileHandle Open(string path, int flags, out int fault)
    {
        var descriptor = LibcFiles.Open(path, LibcFiles.WriteOnly | Libc.CloseOnExec | flags, 0);
        fault = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static string? Write(SafeFileHandle pipe, string path, ReadOnlySpan<byte> line)
    {
        fixed (byte* first = line)
        {
            while (Libc.Write((int)pipe.DangerousGetHandle(), first, (nuint)line.Length) < 0)
            {
                var fault = Marshal.GetLastPInvokeError();
                if (fault != Interrupted)
                {
                    return new SystemErrorException($"{path} cannot be written", fault).Message;
                }
            }
        }

        return null;
    }
}
