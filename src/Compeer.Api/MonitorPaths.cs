using System.Text;

namespace Compeer.Api;

/// <summary>
/// Where things are. All paths hang under one prefix: <c>/opt/monitor</c>, or what the environment variable
/// <c>MON_PREFIX</c> says (tests, demos, several nodes on one machine). The daemon and the command share this.
/// </summary>
public sealed record MonitorPaths
{
    /// <summary>The prefix of an installed system.</summary>
    public const string DefaultPrefix = "/opt/monitor";

    /// <summary>The environment variable that moves the whole tree.</summary>
    public const string PrefixVariable = "MON_PREFIX";

    /// <summary>Longest path of a Unix socket in bytes (sun_path is 108 with its terminator).</summary>
    internal const int LongestSocketPath = 107;

    private MonitorPaths(string prefix) => Prefix = prefix;

    /// <summary>The folder that all others hang under; absolute, without a slash at its end.</summary>
    public string Prefix { get; }

    /// <summary>Folder of the main and the object configuration.</summary>
    public string ConfigurationFolder => Prefix + "/etc";

    /// <summary>The main configuration under its own name; see <see cref="FindMainConfiguration"/>.</summary>
    public string MainConfiguration => Prefix + "/etc/naemon.cfg";

    /// <summary>The main configuration under the name that Nagios gives it, used when the other is absent.</summary>
    public string NagiosMainConfiguration => Prefix + "/etc/nagios.cfg";

    /// <summary>What turns NSCA on: its own file.</summary>
    public string NscaConfiguration => Prefix + "/etc/nsca.cfg";

    /// <summary>What turns NRDP on.</summary>
    public string NrdpConfiguration => Prefix + "/etc/nrdp.cfg";

    /// <summary>The certificate and key that NRDP makes itself when its settings name none.</summary>
    public string NrdpCertificate => Prefix + "/var/nrdp.pem";

    /// <summary>Folder of the cluster's configuration and keys.</summary>
    public string MerlinFolder => Prefix + "/op5/merlin";

    /// <summary>The configuration of the nodes.</summary>
    public string MerlinConfiguration => Prefix + "/op5/merlin/merlin.conf";

    /// <summary>Folder of everything that changes while the daemon runs.</summary>
    public string VariableFolder => Prefix + "/var";

    /// <summary>The database of what outlives a restart: states, what operators changed, comments, downtimes.</summary>
    public string Database => Prefix + "/var/retention.db";

    /// <summary>A <c>retention.dat</c> of another program that the daemon takes at its next start.</summary>
    public string StagedRetention => Prefix + "/var/retention.import";

    /// <summary>Folder of sockets and the command pipe.</summary>
    public string SocketFolder => Prefix + "/var/rw";

    /// <summary>The socket of the HTTP interface.</summary>
    public string ApiSocket => Prefix + "/var/rw/mond.sock";

    /// <summary>The socket of livestatus.</summary>
    public string LivestatusSocket => Prefix + "/var/rw/live";

    /// <summary>The certificate and key that livestatus by TLS has, when the configuration names none.</summary>
    public string LivestatusCertificate => Prefix + "/op5/merlin/livestatus.pem";

    /// <summary>The socket of the query handler, when the main configuration has no <c>query_socket</c>.</summary>
    public string QuerySocket => Prefix + "/var/rw/nagios.qh";

    /// <summary>Why no socket can be at <see cref="ApiSocket"/>; null when one can.</summary>
    public string? SocketProblem => Encoding.UTF8.GetByteCount(ApiSocket) is > LongestSocketPath and var length
        ? $"the path of mond's socket has {length} bytes, a socket may have {LongestSocketPath}: {ApiSocket}; "
            + $"choose a shorter {PrefixVariable}"
        : null;

    /// <summary>The file with the daemon's process id, one decimal number and a newline; the daemon keeps it locked.</summary>
    public string PidFile => Prefix + "/var/mond.pid";

    /// <summary>The daemon's own log.</summary>
    public string DaemonLog => Prefix + "/var/mond.log";

    /// <summary>The resolved objects, when the main configuration has no <c>object_cache_file</c>.</summary>
    public string ObjectCacheFile => Prefix + "/var/objects.cache";

    /// <summary>The resolved objects written on request, when it has no <c>precached_object_file</c>.</summary>
    public string PrecachedObjectFile => Prefix + "/var/objects.precache";

    /// <summary>Folder of the parts of the configuration that pollers get, when merlin.conf has no <c>oconfsplit_dir</c>.</summary>
    public string SplitFolder => Prefix + "/var/cache/config";

    /// <summary>The paths under a prefix.</summary>
    /// <param name="prefix">The value of <see cref="PrefixVariable"/>; null or empty means <see cref="DefaultPrefix"/>. A
    /// relative path is resolved against the current folder.</param>
    public static MonitorPaths FromPrefix(string? prefix) =>
        new(string.IsNullOrEmpty(prefix) ? DefaultPrefix : Path.TrimEndingDirectorySeparator(Path.GetFullPath(prefix)));

    /// <summary>The main configuration that is used: naemon.cfg, or nagios.cfg when only that is there.</summary>
    public string FindMainConfiguration() =>
        !File.Exists(MainConfiguration) && File.Exists(NagiosMainConfiguration) ? NagiosMainConfiguration : MainConfiguration;
}
