using System.Globalization;
using System.Text;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// A monitored site: objects that are the same on every node, and a main configuration and resource file for each node.
/// <c>$USER1$</c> is the folder of the distribution's plugins, <c>$USER2$</c> the name of the node that runs the check,
/// <c>$USER3$</c> the test's own folder. Intervals are seconds.
/// </summary>
internal sealed class SiteConfiguration
{
    public const string PluginFolder = "/usr/lib/nagios/plugins";

    private readonly TestFolder _folder;
    private readonly StringBuilder _objects = new();
    private readonly Dictionary<string, string> _main = new() { ["interval_length"] = "1" };

    public SiteConfiguration(TestFolder folder)
    {
        _folder = folder;
        _objects.AppendLine("""
            define timeperiod {
              timeperiod_name  24x7
              alias            always
              sunday           00:00-24:00
              monday           00:00-24:00
              tuesday          00:00-24:00
              wednesday        00:00-24:00
              thursday         00:00-24:00
              friday           00:00-24:00
              saturday         00:00-24:00
            }
            define command {
              command_name  notify
              command_line  /bin/true
            }
            define contact {
              contact_name                   operator
              host_notification_commands     notify
              service_notification_commands  notify
              host_notification_period       24x7
              service_notification_period    24x7
            }
            """);
    }

    /// <summary>All objects, by <see cref="ObjectName"/>.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets a variable of the main configuration.</summary>
    public SiteConfiguration Set(string variable, string value)
    {
        _main[variable] = value;
        return this;
    }

    public SiteConfiguration Command(string name, string line)
    {
        _objects.Append(CultureInfo.InvariantCulture, $"define command {{\n  command_name  {name}\n  command_line  {line}\n}}\n");
        return this;
    }

    public SiteConfiguration Host(string name, string command, int interval = 4, int retry = 2, int attempts = 3)
    {
        Names.Add(ObjectName.Of(name));
        _objects.Append(
            CultureInfo.InvariantCulture,
            $"define host {{\n  host_name  {name}\n  address  127.0.0.1\n{Checking(command, interval, retry, attempts)}}}\n");
        return this;
    }

    public SiteConfiguration Service(
        string host, string description, string command, int interval = 4, int retry = 2, int attempts = 3)
    {
        Names.Add(ObjectName.Of(host, description));
        _objects.Append(
            CultureInfo.InvariantCulture,
            $"define service {{\n  host_name  {host}\n  service_description  {description}\n"
            + $"{Checking(command, interval, retry, attempts)}}}\n");
        return this;
    }

    /// <summary>Any other text of an object file.</summary>
    public SiteConfiguration Text(string text)
    {
        _objects.AppendLine(text);
        return this;
    }

    /// <summary>Writes everything into the node's prefix.</summary>
    public void WriteTo(MonitorNode node)
    {
        var folder = node.Paths.ConfigurationFolder;
        Directory.CreateDirectory(Path.Combine(folder, "objects"));
        File.WriteAllText(Path.Combine(folder, "objects", "site.cfg"), _objects.ToString());
        File.WriteAllText(
            Path.Combine(folder, "resource.cfg"),
            $"$USER1$={PluginFolder}\n$USER2$={node.Name}\n$USER3$={_folder.Path}\n");
        var main = string.Concat(_main.Select(pair => $"{pair.Key}={pair.Value}\n"));
        File.WriteAllText(
            node.Paths.MainConfiguration,
            $"log_file={node.LogFile}\nresource_file={folder}/resource.cfg\ncfg_dir={folder}/objects\n{main}");
    }

    private static string Checking(string command, int interval, int retry, int attempts) =>
        $"  check_command  {command}\n  check_period  24x7\n  check_interval  {interval}\n  retry_interval  {retry}\n"
        + $"  max_check_attempts  {attempts}\n  contacts  operator\n  notification_period  24x7\n";
}
