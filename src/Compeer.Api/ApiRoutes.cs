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

    /// <summary>Of <see cref="Reload"/>: it is meant, even when most hosts are gone.</summary>
    public const string ConfirmedParameter = "confirmed";

    /// <summary>GET: an array of <see cref="KeptConfiguration"/>, the newest first.</summary>
    public const string Configurations = "/api/v1/configurations";

    /// <summary>GET: <see cref="ConfigurationDifference"/> between the configurations <see cref="FromParameter"/> and
    /// <see cref="ToParameter"/>; without the latter, and what is in force.</summary>
    public const string ConfigurationDifference = "/api/v1/configurations/difference";

    /// <summary>POST, no body: brings back the configuration <see cref="FromParameter"/> and answers with
    /// <see cref="ConfigurationReload"/>.</summary>
    public const string ConfigurationRestore = "/api/v1/configurations/restore";

    /// <summary>GET: <see cref="GivenVersion"/>.</summary>
    public const string ConfigurationInForce = "/api/v1/configurations/in-force";

    /// <summary>POST, no body: takes up what was staged here for this node, from the node <see cref="FromParameter"/> (its name),
    /// and answers with <see cref="ConfigurationReload"/>.</summary>
    public const string ConfigurationPush = "/api/v1/configurations/push";

    /// <summary>Of <see cref="ConfigurationPush"/>: it is put in place and not taken up before somebody restarts or reloads.</summary>
    public const string NoRestartParameter = "no-restart";

    /// <summary>A configuration: its number, or at least four digits of its hash.</summary>
    public const string FromParameter = "from";

    /// <inheritdoc cref="FromParameter"/>
    public const string ToParameter = "to";

    /// <summary>GET: an array of <see cref="CheckableStatus"/>; takes <see cref="CheckableQuery"/>.</summary>
    public const string Hosts = "/api/v1/hosts";

    /// <summary>GET: an array of <see cref="CheckableStatus"/>; takes <see cref="CheckableQuery"/>.</summary>
    public const string Services = "/api/v1/services";

    /// <summary>GET: <see cref="CheckFigures"/>; takes <see cref="OverdueParameter"/>.</summary>
    public const string Checks = "/api/v1/checks";

    /// <summary>Of <see cref="Checks"/>: for how many seconds a check has to be due to be overdue; without it, until its result
    /// should be there.</summary>
    public const string OverdueParameter = "overdue";

    /// <summary>POST, no body: runs the check of <see cref="HostParameter"/>, or of its <see cref="ServiceParameter"/>, once, where it is
    /// run or at <see cref="NodeParameter"/>, and answers with <see cref="CheckTestResult"/>.</summary>
    public const string CheckTest = "/api/v1/checks/test";

    /// <summary>Of <see cref="CheckTest"/>: the host's name.</summary>
    public const string HostParameter = "host";

    /// <summary>Of <see cref="CheckTest"/>: the service's description; without it the host itself is checked.</summary>
    public const string ServiceParameter = "service";

    /// <summary>Of <see cref="CheckTest"/>: the neighbour that is to run it.</summary>
    public const string NodeParameter = "node";

    /// <summary>POST, a <c>retention.dat</c> as body: takes it into the cluster and answers with
    /// <see cref="RetentionImported"/>.</summary>
    public const string RetentionImport = "/api/v1/retention/import";

    /// <summary>Of <see cref="RetentionImport"/>: it is only looked at what would be taken.</summary>
    public const string DryRunParameter = "dry-run";

    /// <summary>GET: the daemon's own figures in Prometheus' text format.</summary>
    public const string Metrics = "/metrics";
}
