using System.Text;
using Compeer.Engine;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Maintenance;

/// <summary>An engine that is given commands about comments, downtimes and acknowledgements.</summary>
public abstract class EntryHarness : MainVariableHarness
{
    private protected const string Many = """
        define command {
          command_name check
          command_line plugin
        }
        define host {
          name base
          check_command check
          check_interval 5
          retry_interval 1
          max_check_attempts 3
          register 0
        }
        define host {
          use base
          host_name web1
        }
        define host {
          use base
          host_name web2
          parents web1
        }
        define host {
          use base
          host_name web3
          parents web1,web2
        }
        define service {
          name base
          check_command check
          check_interval 5
          retry_interval 1
          max_check_attempts 3
          register 0
        }
        define service {
          use base
          host_name web1
          service_description HTTP
        }
        define service {
          use base
          host_name web1
          service_description PING
        }
        define service {
          use base
          host_name web2
          service_description SSH
        }
        define hostgroup {
          hostgroup_name all
          members web1,web2
        }
        define servicegroup {
          servicegroup_name some
          members web1,HTTP,web1,PING,web2,SSH
        }

        """;

    private protected MonitoringEngine Engine { get; set; } = null!;

    private protected CheckableId Web1 => Site.Id("web1");

    private protected CheckableId Http => Site.Id("web1", "HTTP");

    private protected long Seconds => Clock.Now.Wall.ToUnixTimeSeconds();

    private protected void Start() => Engine = Start("", Many);

    private protected string? Give(string command) =>
        Engine.Command(Clock.Now, Encoding.UTF8.GetBytes($"[{Seconds}] {command}"), Output);

    /// <summary>A result from outside.</summary>
    private protected void Result(string name, int code) => Assert.Null(Give(
        char.IsUpper(name[0]) ? $"PROCESS_SERVICE_CHECK_RESULT;web1;{name};{code};text" : $"PROCESS_HOST_CHECK_RESULT;{name};{code};text"));

    /// <summary>Lets so many seconds pass, second by second; the lines of the log of them are left.</summary>
    private protected void Pass(int seconds)
    {
        Output.Clear();
        for (var second = 0; second < seconds; second++)
        {
            Engine.Advance(Clock.Move(TimeSpan.FromSeconds(1)), Output);
        }
    }

    private protected IReadOnlyList<Comment> Comments() =>
        [.. Engine.Snapshot(Clock.Now).Comments.Values.OrderBy(comment => comment.Id)];

    private protected IReadOnlyList<Downtime> Downtimes() =>
        [.. Engine.Snapshot(Clock.Now).Downtimes.Values.OrderBy(downtime => downtime.Id)];

    private protected IReadOnlyList<Acknowledgement> Acknowledgements() => [.. Engine.Snapshot(Clock.Now).Acknowledgements.Values];

    private protected IEnumerable<string> Alerts() =>
        Output.Lines().Where(line => line.Contains("DOWNTIME ALERT", StringComparison.Ordinal));

    private protected IEnumerable<(EventKind Kind, int Others, bool IsTold)> Told() => Output.Events
        .Where(happened => happened.Kind is >= EventKind.DowntimeStarted and <= EventKind.DowntimeExpired)
        .Select(happened => (happened.Kind, happened.Code, happened.IsMarked));
}
