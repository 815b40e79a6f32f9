using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>What tests of a configuration that goes from node to node look at.</summary>
internal static class TravellingConfiguration
{
    /// <summary>A file of a node's configuration.</summary>
    public static string FileOf(MonitorNode node, string name) => Path.Combine(node.Paths.ConfigurationFolder, name);

    /// <summary>A further host, to be written into a file.</summary>
    public static string Host(SiteConfiguration site, string name)
    {
        site.Names.Add(ObjectName.Of(name));
        return $"define host {{\n  host_name  {name}\n  address  127.0.0.1\n  check_command  {TracedPlugin.HostCommand}\n"
            + "  check_interval  4\n  retry_interval  2\n  max_check_attempts  3\n  contacts  operator\n  notification_period  24x7\n}\n";
    }

    /// <summary>Waits until something holds at nodes.</summary>
    public static Task<TimeSpan> HoldsAsync(IReadOnlyList<MonitorNode> nodes, string what, Func<MonitorNode, bool> holds) =>
        Eventually.HoldsAsync(
            "travel of a configuration",
            what,
            Limits.Moment,
            () => nodes.FirstOrDefault(node => !holds(node)) is { } not ? $"not so at {not.Name}" : null,
            nodes);
}
