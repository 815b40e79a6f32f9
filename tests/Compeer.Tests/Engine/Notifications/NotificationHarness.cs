using System.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>
/// An engine that notifies: the host <c>web1</c> with the service <c>HTTP</c>, both hard at once, and the contact <c>ada</c>, whose
/// command writes what was told. Results come from outside, so that a test needs no schedule.
/// </summary>
public abstract class NotificationHarness : MainVariableHarness
{

    private protected const string Tell = """
        define command {
          command_name tell
          command_line $CONTACTNAME$ $NOTIFICATIONTYPE$ $HOSTNAME$/$SERVICEDESC$ $NOTIFICATIONNUMBER$
        }
        define command {
          command_name check
          command_line plugin
        }

        """;

    private protected MonitoringEngine Engine { get; private set; } = null!;

    /// <summary>What was told since the last look.</summary>
    private protected string[] Told
    {
        get
        {
            string[] told = [.. Output.Commands.Select(
                command => command.CommandLine.Text().Replace("$SERVICEDESC$", "", StringComparison.Ordinal))];
            Running.AddRange(Output.Commands);
            Output.Clear();
            return told;
        }
    }

    /// <summary>Commands that have not ended.</summary>
    private protected List<CommandToRun> Running { get; } = [];

    private protected NotificationState State(string name) => Engine.ToldOf(IdOf(name));

    private protected NotificationReason Reason(string name) => State(name).Reason;

    /// <summary>Starts it with these lines in the blocks of host, service and contact.</summary>
    private protected void Begin(
        string host = "", string service = "", string contact = "", string main = "", string more = "", bool owns = true)
    {
        string[] common = ["check_command check", "max_check_attempts 1", "contacts ada", "notification_interval 10"];
        string[] ada =
        [
            "contact_name ada", "alias Ada", "host_notification_commands tell", "service_notification_commands tell",
            "host_notification_options d,u,r,f,s", "service_notification_options w,u,c,r,f,s", "minimum_value 0",
        ];
        var objects = Tell
            + Block("host", ["host_name web1", .. common], host)
            + Block("service", ["host_name web1", "service_description HTTP", .. common], service)
            + Block("contact", ada, contact)
            + more;
        Engine = Start(main, objects);
        if (!owns)
        {
            Engine.Lose(Clock.Now, Site.All(), discardRunning: false);
        }

        Output.Clear();
    }

    private protected static string Block(string type, string[] lines, string others)
    {
        var changed = others.Split('\n').Select(line => line.Split(' ')[0]).ToHashSet();
        return $"define {type} {{\n{string.Join('\n', lines.Where(line => !changed.Contains(line.Split(' ')[0])))}\n{others}\n}}\n";
    }

    /// <summary>A result from outside, some minutes after the last.</summary>
    private protected void Result(string name, int code, double minutes = 1)
    {
        Clock.Move(TimeSpan.FromMinutes(minutes));
        Give(name == "HTTP" || name.StartsWith('S')
            ? $"PROCESS_SERVICE_CHECK_RESULT;web1;{name};{code};text"
            : $"PROCESS_HOST_CHECK_RESULT;{name};{code};text");
    }

    private protected string? Give(string command) => Engine.Command(
        Clock.Now, Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output);

    /// <summary>The commands that run end.</summary>
    private protected void EndAll(int code = 0)
    {
        Running.AddRange(Output.Commands);
        CommandToRun[] ended = [.. Running];
        Output.Clear();
        Running.Clear();
        foreach (var run in ended)
        {
            var result = new CommandResult(CheckOutcome.Exited, code, default, default, TimeSpan.FromSeconds(1));
            Engine.CommandEnded(Clock.Now, run, result, Output);
        }
    }

    private protected CheckableId IdOf(string name) => char.IsUpper(name[0]) ? Site.Id("web1", name) : Site.Id(name);
}
