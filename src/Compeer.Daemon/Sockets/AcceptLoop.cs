using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Sockets;

/// <summary>Takes the connections that come to a listening socket, until that is closed or the daemon stops.</summary>
internal static class AcceptLoop
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until the end, and never fails.</summary>
    /// <param name="socket">The listening socket.</param>
    /// <param name="service">What is served there, for the log.</param>
    /// <param name="take">Takes a connection, with whether the process has descriptors for it.</param>
    /// <param name="log">Where trouble is told.</param>
    /// <param name="stopping">The daemon stops.</param>
    public static async Task RunAsync(
        Socket socket, string service, Action<Socket, bool> take, DaemonLog log, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Take(await socket.AcceptAsync(stopping).ConfigureAwait(false), take);
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException
                or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException fault)
            {
                // Out of descriptors, or the client had gone: not in a spin.
                log.Refused($"a connection of {service}", SystemError.Words(fault));
                await Task.Delay(TryAgain, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Who had gone before it was asked who it is leaves no descriptor behind.</summary>
    private static void Take(Socket accepted, Action<Socket, bool> take)
    {
        try
        {
            take(accepted, !ResourceLimits.IsTooManyForClients(accepted.Handle));
        }
        catch (SocketException)
        {
            accepted.Dispose();
            throw;
        }
    }
}
