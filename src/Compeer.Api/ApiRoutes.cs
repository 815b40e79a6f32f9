namespace Compeer.Api;

/// <summary>Addresses of the daemon's HTTP interface.</summary>
public static class ApiRoutes
{
    /// <summary>GET: <see cref="DaemonStatus"/>.</summary>
    public const string Status = "/api/v1/status";

    /// <summary>GET: <see cref="NodesStatus"/>.</summary>
    public const string Nodes = "/api/v1/nodes";

    /// <summary>POST, no body: reads merlin.conf again and answers with <see cref="NodesReload"/>.</summary>
    public const string NodesReload = "/api/v1/nodes/reload";

    /// <summary>POST, no body: reads the whole configuration again and answers, when it is taken up or refused, with
    /// <see cref="ConfigurationReload"/>.</summary>
    public const string Reload = "/api/v1/reload";

    /// <summary>GET: an array of <see cref="CheckableStatus"/>; takes <see cref="CheckableQuery"/>.</summary>
    public const string Hosts = "/api/v1/hosts";

    /// <summary>GET: an array of <see cref="CheckableStatus"/>; takes <see cref="CheckableQuery"/>.</summary>
    public const string Services = "/api/v1/services";

    /// <summary>GET: the daemon's own figures in Prometheus' text format.</summary>
    public const string Metrics = "/metrics";
}
