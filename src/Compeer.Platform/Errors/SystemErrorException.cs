using System.Runtime.InteropServices;

namespace Compeer.Platform.Errors;

/// <summary>The operating system refused something that the program cannot do without; the message is for its operator.</summary>
public sealed class SystemErrorException : Exception
{
    /// <summary>What was tried, followed by what the error means.</summary>
    public SystemErrorException(string tried, int errno)
        : base($"{tried}: {SystemError.Words(errno)}") => Errno = errno;

    /// <summary>The error number.</summary>
    public int Errno { get; }

    /// <summary>Of the last call of this thread that saves its errno.</summary>
    public static SystemErrorException OfLastCall(string tried) => new(tried, Marshal.GetLastPInvokeError());
}
