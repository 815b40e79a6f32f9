using System.Text.Json.Serialization.Metadata;
using Compeer.Api;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compeer.Daemon.Http;

/// <summary>
/// The HTTP interface on a Unix socket. Who may open the socket (its owner and group) may ask; no address listens.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private const long MaxRequestBytes = 1 << 20;

    private readonly WebApplication _application;
    private readonly string _socket;

    private ApiServer(WebApplication application, string socket)
    {
        _application = application;
        _socket = socket;
    }

    /// <summary>Makes the server, which takes its time, without listening yet.</summary>
    public static ApiServer Create(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxRequestBytes;
            options.Limits.MaxConcurrentConnections = 64;
            options.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return new ApiServer(builder.Build(), socket);
    }

    /// <summary>Listens, and answers with these endpoints.</summary>
    /// <exception cref="StartupException">The socket cannot be made.</exception>
    public async Task StartAsync(ApiEndpoints endpoints)
    {
        endpoints.Map(_application);
        try
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(_socket)!, OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

            // The pid file's lock is held: a socket that is still there belongs to a daemon that was killed.
            File.Delete(_socket);
            await _application.StartAsync().ConfigureAwait(false);
            File.SetUnixFileMode(_socket, OwnerAndGroup);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException
            or ArgumentException)
        {
            throw new StartupException($"socket {_socket}: {SystemError.Words(exception)}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await _application.StopAsync(limit.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        File.Delete(_socket);
    }

    /// <summary>Writes an answer of the contract.</summary>
    public static Task AnswerAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type, contentType: null, context.RequestAborted);

    /// <summary>Writes a refusal that says what is wrong.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return AnswerAsync(context, new ApiProblem(message), ApiJsonContext.Default.ApiProblem);
    }
}
