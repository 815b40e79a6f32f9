using System.Collections.Immutable;
using System.Net;
using Compeer.Livestatus;

namespace Compeer.Daemon.Configuration;

/// <summary>How livestatus is served: the options of the <c>broker_module</c> line, as naemon-livestatus has them, and those that only we
/// have (<c>allow</c>, <c>tls</c>, <c>tls_certificate</c>, <c>tls_key</c>).</summary>
internal sealed record LivestatusOptions
{
    /// <summary>Loopback, in both families.</summary>
    public static readonly ImmutableArray<IPNetwork> Loopback =
        [new IPNetwork(new IPAddress([127, 0, 0, 0]), 8), new IPNetwork(IPAddress.IPv6Loopback, 128)];

    /// <summary>A socket beside the usual one; null for none.</summary>
    public string? Socket { get; init; }

    /// <summary>Where TCP is served (<c>inet_addr</c>); null for nowhere.</summary>
    public IPEndPoint? Address { get; init; }

    /// <summary>From where connections by TCP are taken (<c>allow</c>); unless it is said otherwise, only from this machine.</summary>
    public ImmutableArray<IPNetwork> Allowed { get; init; } = Loopback;

    /// <summary>Whether TCP is encrypted (<c>tls=on</c>).</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The certificate, PEM; null for one that is made.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its key, PEM; null when it is in the file of the certificate.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How long a client may say nothing between requests (<c>idle_timeout</c>, milliseconds); null for ever.</summary>
    public TimeSpan? IdleLimit { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a request may take to come (<c>query_timeout</c>, milliseconds); null for ever.</summary>
    public TimeSpan? RequestLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to read 16 KiB of an answer.</summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes of answers may wait to be read, of all clients together.</summary>
    public long MostWaitingBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How many connections may wait to be taken (<c>max_backlog</c>).</summary>
    public int Backlog { get; init; } = 1024;

    /// <summary>Where graphs are, without a slash at its end (<c>pnp_path</c>); null for nowhere.</summary>
    public string? GraphFolder { get; init; }

    /// <summary>What holds for every query.</summary>
    public LivestatusLimits Limits { get; init; } = new();
}
