using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Compeer.Api;

/// <summary>
/// Asks the daemon over its Unix domain socket. Every failure is an <see cref="ApiError"/>; only cancellation by the
/// caller throws. One request is one short connection at most; instances may be used from several threads.
/// </summary>
public sealed class MonitoringClient : IMonitoringClient, IDisposable
{
    /// <summary>How long a question may take when nothing else is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a reload may take: it reads all files, and may have to wait for another one to end.</summary>
    private static readonly TimeSpan ReloadTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ConnectAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>The largest answer that is read: a million services with long output.</summary>
    private const int MaximumAnswerBytes = 1 << 30;

    private readonly string _socketPath;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _http;

    /// <summary>A client of the daemon that listens at <paramref name="socketPath"/>.</summary>
    /// <param name="socketPath">The socket, see <see cref="MonitorPaths.ApiSocket"/>.</param>
    /// <param name="timeout">How long one question may take altogether.</param>
    public MonitoringClient(string socketPath, TimeSpan timeout)
    {
        ArgumentException.ThrowIfNullOrEmpty(socketPath);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        _socketPath = socketPath;
        _timeout = timeout;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false, UseCookies = false })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaximumAnswerBytes,
        };
    }

    /// <inheritdoc/>
    public Task<ApiAnswer<DaemonStatus>> GetStatusAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, ApiRoutes.Status, ApiJsonContext.Default.DaemonStatus, cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<NodesStatus>> GetNodesAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, ApiRoutes.Nodes, ApiJsonContext.Default.NodesStatus, cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<NodesReload>> ReloadNodesAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, ApiRoutes.NodesReload, ApiJsonContext.Default.NodesReload, cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ConfigurationReload>> ReloadAsync(bool isConfirmed, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        isConfirmed ? $"{ApiRoutes.Reload}?{ApiRoutes.ConfirmedParameter}=1" : ApiRoutes.Reload,
        ApiJsonContext.Default.ConfigurationReload,
        ReloadTimeout,
        cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ImmutableArray<KeptConfiguration>>> GetConfigurationsAsync(CancellationToken cancellation) => SendAsync(
        HttpMethod.Get, ApiRoutes.Configurations, ApiJsonContext.Default.ImmutableArrayKeptConfiguration, cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ConfigurationDifference>> GetDifferenceAsync(
        string from, string? to, CancellationToken cancellation) => SendAsync(
        HttpMethod.Get,
        $"{ApiRoutes.ConfigurationDifference}?{ApiRoutes.FromParameter}={Uri.EscapeDataString(from)}"
            + (to is null ? "" : $"&{ApiRoutes.ToParameter}={Uri.EscapeDataString(to)}"),
        ApiJsonContext.Default.ConfigurationDifference,
        cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ConfigurationReload>> RestoreAsync(string version, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        $"{ApiRoutes.ConfigurationRestore}?{ApiRoutes.FromParameter}={Uri.EscapeDataString(version)}",
        ApiJsonContext.Default.ConfigurationReload,
        ReloadTimeout,
        cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<GivenVersion>> GetInForceAsync(CancellationToken cancellation) => SendAsync(
        HttpMethod.Get, ApiRoutes.ConfigurationInForce, ApiJsonContext.Default.GivenVersion, cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ConfigurationReload>> TakePushedAsync(
        string from, bool takesUp, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        $"{ApiRoutes.ConfigurationPush}?{ApiRoutes.FromParameter}={Uri.EscapeDataString(from)}"
            + (takesUp ? "" : $"&{ApiRoutes.NoRestartParameter}=1"),
        ApiJsonContext.Default.ConfigurationReload,
        ReloadTimeout,
        cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<RetentionImported>> ImportRetentionAsync(Stream file, bool isDryRun, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        isDryRun ? $"{ApiRoutes.RetentionImport}?{ApiRoutes.DryRunParameter}=1" : ApiRoutes.RetentionImport,
        ApiJsonContext.Default.RetentionImported,
        ReloadTimeout,
        cancellation,
        new StreamContent(file));

    /// <inheritdoc/>
    public Task<ApiAnswer<CheckFigures>> GetCheckFiguresAsync(TimeSpan? overdue, CancellationToken cancellation) => SendAsync(
        HttpMethod.Get,
        overdue is { } age
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{ApiRoutes.Checks}?{ApiRoutes.OverdueParameter}={Math.Min((long)age.TotalSeconds, int.MaxValue)}")
            : ApiRoutes.Checks,
        ApiJsonContext.Default.CheckFigures,
        cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<CheckTestResult>> TestCheckAsync(
        string host, string? service, string? node, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        $"{ApiRoutes.CheckTest}?{ApiRoutes.HostParameter}={Uri.EscapeDataString(host)}"
            + (service is null ? "" : $"&{ApiRoutes.ServiceParameter}={Uri.EscapeDataString(service)}")
            + (node is null ? "" : $"&{ApiRoutes.NodeParameter}={Uri.EscapeDataString(node)}"),
        ApiJsonContext.Default.CheckTestResult,
        ReloadTimeout,
        cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetHostsAsync(
        CheckableQuery query, CancellationToken cancellation) =>
        GetCheckablesAsync(ApiRoutes.Hosts, query, cancellation);

    /// <inheritdoc/>
    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetServicesAsync(
        CheckableQuery query, CancellationToken cancellation) =>
        GetCheckablesAsync(ApiRoutes.Services, query, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetCheckablesAsync(
        string route, CheckableQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return SendAsync(
            HttpMethod.Get, route + query.ToQueryString(), ApiJsonContext.Default.ImmutableArrayCheckableStatus, cancellation);
    }

    private Task<ApiAnswer<T>> SendAsync<T>(
        HttpMethod method, string route, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : notnull => SendAsync(method, route, type, _timeout, cancellation);

    private async Task<ApiAnswer<T>> SendAsync<T>(
        HttpMethod method,
        string route,
        JsonTypeInfo<T> type,
        TimeSpan timeout,
        CancellationToken cancellation,
        HttpContent? content = null)
        where T : notnull
    {
        if (Encoding.UTF8.GetByteCount(_socketPath) > MonitorPaths.LongestSocketPath)
        {
            return Fail<T>(
                ApiErrorKind.NotRunning,
                $"the path of mond's socket is longer than the {MonitorPaths.LongestSocketPath} bytes a socket may have: {_socketPath}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(method, route) { Content = content };
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await ReadAsync(body, type, limit.Token).ConfigureAwait(false)
                : await ReadRefusalAsync<T>(response.StatusCode, body, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fail<T>(ApiErrorKind.TimedOut, $"mond did not answer within {timeout.TotalSeconds:0.#} s ({_socketPath})");
        }
        catch (HttpRequestException e)
        {
            return Fail<T>(e);
        }
        catch (JsonException)
        {
            return Fail<T>(
                ApiErrorKind.BadAnswer, $"mond's answer to {route} is not understood; are mon and mond of the same version?");
        }
    }

    private static async Task<ApiAnswer<T>> ReadAsync<T>(Stream body, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : notnull
    {
        var value = await JsonSerializer.DeserializeAsync(body, type, cancellation).ConfigureAwait(false);
        return value is null ? throw new JsonException("null") : new ApiAnswer<T>(value);
    }

    private static async Task<ApiAnswer<T>> ReadRefusalAsync<T>(
        HttpStatusCode status, Stream body, CancellationToken cancellation)
        where T : notnull
    {
        try
        {
            var problem = await JsonSerializer
                .DeserializeAsync(body, ApiJsonContext.Default.ApiProblem, cancellation).ConfigureAwait(false);
            if (problem is not null)
            {
                return Fail<T>(ApiErrorKind.Refused, $"mond refused: {problem.Message}");
            }
        }
        catch (JsonException)
        {
            // Not written by mond's own handlers (a route it does not have): the status says all there is.
        }

        return Fail<T>(
            ApiErrorKind.Refused, $"mond refused with HTTP status {(int)status}; are mon and mond of the same version?");
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath), cancellation).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // More connections wait to be taken in than the kernel queues (EAGAIN, unix(7)): mond is there, and busy.
                socket.Dispose();
                await Task.Delay(ConnectAgain, cancellation).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private ApiAnswer<T> Fail<T>(HttpRequestException e)
        where T : notnull
    {
        var socketError = (e.InnerException as SocketException)?.SocketErrorCode;
        return (e.HttpRequestError, socketError) switch
        {
            (_, SocketError.AccessDenied) => Fail<T>(
                ApiErrorKind.PermissionDenied, $"permission denied on mond's socket {_socketPath}"),
            (HttpRequestError.ConnectionError, _) => Fail<T>(
                ApiErrorKind.NotRunning, $"mond is not running (no answer at {_socketPath})"),
            (HttpRequestError.InvalidResponse, _) => Fail<T>(
                ApiErrorKind.BadAnswer, $"what answers at {_socketPath} is not mond"),
            (HttpRequestError.ConfigurationLimitExceeded, _) => Fail<T>(
                ApiErrorKind.BadAnswer, $"mond's answer is larger than {MaximumAnswerBytes} bytes"),
            _ => Fail<T>(
                ApiErrorKind.Disconnected, $"mond closed the connection before its answer was complete ({_socketPath})"),
        };
    }

    private static ApiAnswer<T> Fail<T>(ApiErrorKind kind, string message)
        where T : notnull => new(new ApiError(kind, message));
}
