using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using Compeer.Api;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Compeer.Daemon.Http;

/// <summary>
/// The HTTP interface on a Unix socket. Who may open the socket (its owner and group) may ask; no address listens.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private const long MaxRequestBytes = 1 << 20;
    private const int MaxConnections = 64;

    /// <summary>How long a connection may stay open without a request; who asks every few seconds keeps one.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(20);

    /// <summary>How long the head of a request may take.</summary>
    private static readonly TimeSpan HeaderLimit = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly string _socket;
    private readonly DaemonLog _log;

    private ApiServer(WebApplication application, string socket, DaemonLog log)
    {
        _log = log;
        _application = application;
        _socket = socket;
    }

    /// <summary>Makes the server, which takes its time, without listening yet. Nothing but what stands here configures it: no
    /// file in the working folder, no variable of the environment can open it to anybody else.</summary>
    public static ApiServer Create(string socket, DaemonLog log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "mond",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IConnectionListenerFactory>(
            new ApiListener(new ApiConnections(MaxConnections, TimeProvider.System)));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxRequestBytes;
            options.Limits.KeepAliveTimeout = IdleLimit;
            options.Limits.RequestHeadersTimeout = HeaderLimit;
            options.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return new ApiServer(builder.Build(), socket, log);
    }

    /// <summary>Listens, and answers by these routes.</summary>
    /// <exception cref="StartupException">The socket cannot be made.</exception>
    public async Task StartAsync(Action<IEndpointRouteBuilder> map)
    {
        _application.Use(AnswerAsync);
        _application.UseRouting();
        map(_application);
        _application.UseEndpoints(_ => { });
        try
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(_socket)!, OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

            // The folder's lock is held: a socket that is still there belongs to a daemon that was killed.
            File.Delete(_socket);
            await _application.StartAsync().ConfigureAwait(false);
            File.SetUnixFileMode(_socket, OwnerAndGroup);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException)
        {
            throw new StartupException($"socket {_socket}: {SystemError.Words(exception)}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await _application.StopAsync(limit.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        if (File.Exists(_socket))
        {
            File.Delete(_socket);
        }
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

    /// <summary>Around every request: its connection is not idle meanwhile, and a failure has an answer and a line in the log.</summary>
    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Features.Get<ApiConnections.Entry>();
        if (connection is not null)
        {
            connection.Begin();
            context.Response.OnCompleted(connection.EndAsync);
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (OperationCanceledException) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "mond is stopping").ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not Microsoft.AspNetCore.Http.BadHttpRequestException && !context.Response.HasStarted)
        {
            _log.Error($"{context.Request.Method} {context.Request.Path} failed: {fault}");
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, "mond failed to answer; its log says more")
                .ConfigureAwait(false);
        }
    }
}
