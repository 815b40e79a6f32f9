using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compeer.Daemon.Http;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Compeer.Daemon.Nrdp;

/// <summary>NRDP over HTTPS. Only so many connections, small requests, short times; an address that is not allowed is let no further than
/// to the connection.</summary>
internal sealed class NrdpServer : IAsyncDisposable
{
    /// <summary>Bytes of a request at most: some thousand results.</summary>
    public const int LargestRequest = 1 << 20;

    /// <summary>Bytes of a request's first line, in which some clients send all they have.</summary>
    public const int LongestLine = 1 << 18;

    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 64;

    private readonly WebApplication _application;
    private readonly X509Certificate2Collection _certificates;
    private readonly IDisposable _watched;

    private NrdpServer(WebApplication application, X509Certificate2Collection certificates, IDisposable watched)
    {
        _application = application;
        _certificates = certificates;
        _watched = watched;
    }

    /// <summary>Listens, and has a desk answer. Nothing but what stands here configures the server.</summary>
    /// <exception cref="IOException">It cannot listen.</exception>
    public static async Task<NrdpServer> StartAsync(
        NrdpSettings settings,
        X509Certificate2Collection certificates,
        NrdpDesk desk,
        NrdpTimes times,
        PassiveCounters counters,
        DaemonLog log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "mond",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var gate = new NrdpGate(settings.AllowedHosts, times, counters, log);
        builder.Services.AddSingleton<IConnectionListenerFactory>(
            new ApiListener(new ApiConnections(MaxConnections, TimeProvider.System, gate.CrowdedOut)));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestRequest;
            options.Limits.MaxRequestLineSize = LongestLine;
            options.Limits.MaxRequestBufferSize = 2 * LongestLine;
            options.Limits.KeepAliveTimeout = times.Idle;
            options.Limits.RequestHeadersTimeout = times.Headers;
            options.Listen(settings.EndPoint, listen => Secure(listen, certificates, times, gate));
        });
        var application = builder.Build();
        application.Run(context => ServeAsync(context, desk, log));
        var watched = application.Services.GetRequiredService<DiagnosticListener>().Subscribe(gate, name => name == NrdpGate.BadRequest);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            watched.Dispose();
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new NrdpServer(application, certificates, watched);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await _application.StopAsync(limit.Token).ConfigureAwait(false);
        _watched.Dispose();
        await _application.DisposeAsync().ConfigureAwait(false);
        foreach (var certificate in _certificates)
        {
            certificate.Dispose();
        }
    }

    private static void Secure(ListenOptions listen, X509Certificate2Collection certificates, NrdpTimes times, NrdpGate gate)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(gate.BeforeTls);
        listen.UseHttps(https =>
        {
            https.ServerCertificate = certificates[0];
            https.ServerCertificateChain = certificates;
            https.HandshakeTimeout = times.Handshake;
        });
        listen.Use(gate.BehindTls);
    }

    private static async Task ServeAsync(HttpContext context, NrdpDesk desk, DaemonLog log)
    {
        var remote = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort).ToString();
        context.Features.GetRequiredFeature<NrdpVisit>().HasAsked = true;
        var connection = context.Features.Get<ApiConnections.Entry>();
        if (connection is not null)
        {
            connection.Begin();
            context.Response.OnCompleted(connection.EndAsync);
        }

        try
        {
            if (!IsPath(context.Request.Path) || (context.Request.Method is not ("GET" or "POST")))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var form = new NrdpForm(context.Request.QueryString.Value ?? "", await BodyAsync(context).ConfigureAwait(false));
            var answer = await desk.AnswerAsync(form, remote, context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, form, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone, or the daemon stops.
            context.Abort();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException problem)
        {
            NrdpGate.Refuse(context.Features, problem);
            throw;
        }
        catch (Exception fault) when (fault is not (IOException or ConnectionAbortedException))
        {
            log.Error($"a request to nrdp failed: {fault}");
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>The folder in which web servers have NRDP, or none, however often the slash is written.</summary>
    private static bool IsPath(PathString path) =>
        path.Value?.Trim('/').Replace("//", "/", StringComparison.Ordinal) is "" or "nrdp" or "index.php" or "nrdp/index.php";

    private static async Task<string> BodyAsync(HttpContext context)
    {
        if (context.Request.Method != "POST")
        {
            return "";
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, NrdpForm form, NrdpAnswer answer)
    {
        var isJson = form["output_type"] is { } type
            ? type == "TYPE_JSON"
            : form["xml"] is null && form["XMLDATA"] is null && form["xmldata"] is null
                && (form["json"] ?? form["JSONDATA"] ?? form["jsondata"]) is not null;
        context.Response.ContentType = isJson ? "application/json" : "text/xml; charset=utf-8";
        var bytes = isJson ? answer.ToJson(isPretty: form["pretty"] is not null) : Encoding.UTF8.GetBytes(answer.ToXml());
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
