using System.Net.Sockets;
using System.Security.Authentication;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Links;

/// <summary>Why a connection between nodes failed, in words for an operator; never the runtime's own, which speak of
/// callbacks and inner exceptions.</summary>
internal static class LinkFault
{
    /// <summary>Half a sentence that follows what was tried, and with whom.</summary>
    public static string Words(Exception fault) => fault switch
    {
        EndOfStreamException => "the other side closed the connection",
        SocketException => SystemError.Words(fault),
        _ when SystemError.Of(fault) is not null => SystemError.Words(fault),
        AuthenticationException or { InnerException: AuthenticationException } =>
            "TLS 1.3 could not be agreed on: the other side is no node of ours, or broke the greeting off",
        IOException => "the other side ended the connection in the middle of something",
        OperationCanceledException or ObjectDisposedException or InvalidOperationException => "it was closed here",
        _ => $"a fault that nobody expected ({fault.GetType().Name})",
    };
}
