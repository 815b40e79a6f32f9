namespace Compeer.Daemon.Livestatus;

/// <summary>Looks for the graphs that PNP4Nagios keeps: one file for each host and service.</summary>
internal sealed class GraphFiles(string folder)
{
    /// <summary>Whether there is one of a host, or of a service by its description.</summary>
    public bool Has(string host, string? service) =>
        File.Exists($"{folder}/{NameOf(host)}/{(service is null ? "_HOST_" : NameOf(service))}.xml");

    /// <summary>As PNP4Nagios names files.</summary>
    private static string NameOf(string name) =>
        name.Replace(' ', '_').Replace('/', '_').Replace('\\', '_').Replace(':', '_');
}
