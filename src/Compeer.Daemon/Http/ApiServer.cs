using System.Text.Json.Serialization.Metadata;
using Compeer.Api;
using Compeer.Daemon.Hosting;
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

    /// <exception cref="StartupException">The socket cannot be made.</exception>
    public static async Task<ApiServer> StartAsync(string socket, ApiEndpoints endpoints)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxRequestBytes;
            options.Limits.MaxConcurrentConnections = 64;
            options.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        endpoints.Map(application);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(socket)!, OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

            // The pid file's lock is held: a socket that is still there belongs to a daemon that was killed.
            File.Delete(socket);
            await application.StartAsync().ConfigureAwait(false);
            File.SetUnixFileMode(socket, OwnerAndGroup);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException
            or ArgumentException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new StartupException($"socket {socket}: {exception.Message}", exception);
        }

        return new ApiServer(application, socket);
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
