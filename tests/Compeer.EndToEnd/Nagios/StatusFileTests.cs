using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios;

/// <summary>
/// The same results and commands in <c>nagios4</c> and <c>mond</c>: their status.dat say the same; and a mond that takes the
/// retention.dat of nagios4 says the same again.
/// </summary>
[Collection(Alone.Name)]
public sealed class StatusFileTests : ClusterTest
{
    private const string Objects = """
        define timeperiod {
          timeperiod_name always
          alias always
          sunday 00:00-24:00
          monday 00:00-24:00
          tuesday 00:00-24:00
          wednesday 00:00-24:00
          thursday 00:00-24:00
          friday 00:00-24:00
          saturday 00:00-24:00
        }
        define timeperiod {
          timeperiod_name never
          alias never
        }
        define command {
          command_name nothing
          command_line /bin/true
        }
        define contact {
          contact_name anna
          alias Anna
          host_notification_commands nothing
          service_notification_commands nothing
          host_notification_period always
          service_notification_period always
          host_notification_options d,u,r,f,s
          service_notification_options w,u,c,r,f,s
          _PHONE 12
        }
        define host {
          name base
          address 127.0.0.1
          max_check_attempts 2
          check_interval 86400
          retry_interval 86400
          active_checks_enabled 0
          check_command nothing
          check_period always
          notification_period always
          notification_interval 60
          contacts anna
          flap_detection_enabled 0
          register 0
        }
        define service {
          name base
          max_check_attempts 3
          check_interval 86400
          retry_interval 86400
          active_checks_enabled 0
          check_command nothing
          check_period always
          notification_period always
          notification_interval 60
          contacts anna
          flap_detection_enabled 0
          register 0
        }
        define host {
          use base
          host_name web1
          _RACK 7
        }
        define host {
          use base
          host_name web2
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

        """;

    private const string Main = """
        interval_length=1
        check_external_commands=1
        enable_notifications=1
        enable_flap_detection=1
        retain_state_information=1
        retention_update_interval=0
        status_update_interval=2
        check_service_freshness=0
        check_host_freshness=0
        """;

    /// <summary>What was done; the last shows that all before it is.</summary>
    private static readonly string[] Commands =
    [
        "PROCESS_HOST_CHECK_RESULT;web2;1;down|x=1", "PROCESS_HOST_CHECK_RESULT;web2;1;down|x=1",
        "PROCESS_SERVICE_CHECK_RESULT;web1;PING;0;fine", "PROCESS_SERVICE_CHECK_RESULT;web1;PING;2;no answer",
        "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;refused", "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;refused",
        "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;refused", "ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;2;0;1;anna;known",
        "ADD_HOST_COMMENT;web1;1;bob;disk ordered", "ADD_SVC_COMMENT;web2;SSH;1;bob;slow",
        "SCHEDULE_HOST_DOWNTIME;web1;{now-60};{now+7200};1;0;7260;anna;work",
        "SCHEDULE_SVC_DOWNTIME;web2;SSH;{now-60};{now+7200};0;0;600;anna;maybe",
        "DISABLE_HOST_NOTIFICATIONS;web1", "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;70000", "CHANGE_MAX_HOST_CHECK_ATTEMPTS;web1;5",
        "CHANGE_SVC_NOTIFICATION_TIMEPERIOD;web1;PING;never", "CHANGE_CUSTOM_HOST_VAR;web1;RACK;8", "STOP_OBSESSING_OVER_SVC;web2;SSH",
        "DISABLE_CONTACT_SVC_NOTIFICATIONS;anna", "DISABLE_FLAP_DETECTION", "PROCESS_HOST_CHECK_RESULT;web1;0;the end",
    ];

    [Fact]
    public async Task Status_OfTheSameScript_IsTheSameThereHereAndAfterAnImport()
    {
        var nagios = Own(new NagiosDaemon(Folder, "nagios", Objects, Main));
        var node = Node("mond");
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "start of nagios4", "it reads its pipe", Limits.Start,
            () => File.Exists(nagios.PipeFile) && nagios.Log.Contains("command file worker", StringComparison.Ordinal)
                ? null
                : $"it says {nagios.Output}\n{nagios.Log}",
            node);
        Give(nagios.PipeFile);
        Give(Pipe(node));
        var ours = await ReadAsync(StatusFile(node), node);
        var theirs = await ReadAsync(nagios.StatusFile, node);
        Assert.Equal([], StatusBlocks.Differences(theirs, ours));
        Assert.Equal(14, theirs.Keys.Count(key => !key.StartsWith("info", StringComparison.Ordinal)));
        await nagios.StopAsync();

        var other = Node("other");
        (await other.MonAsync("retention", "import", nagios.RetentionFile)).Expect(0);
        await other.StartAsync();
        Assert.Equal([], StatusBlocks.Differences(theirs, await ReadAsync(StatusFile(other), other)));
        Assert.DoesNotContain("NOTIFICATION", other.Log, StringComparison.Ordinal);

        // Again, now that it runs: nothing of it is new.
        var again = (await other.MonAsync("retention", "import", nagios.RetentionFile)).Expect(0).Output;
        Assert.DoesNotContain("not understood", again, StringComparison.Ordinal);
        Assert.All(
            again.Split('\n').Where(line => line.Contains(" taken, ", StringComparison.Ordinal)),
            line => Assert.Contains(": 0 taken, ", line, StringComparison.Ordinal));
    }

    private static string Pipe(MonitorNode node) => Path.Combine(node.Paths.VariableFolder, "commands");

    private static string StatusFile(MonitorNode node) => Path.Combine(node.Paths.VariableFolder, "status.dat");

    private MonitorNode Node(string name)
    {
        var node = Own(new MonitorNode(Folder, name));
        File.WriteAllText(Path.Combine(node.Paths.ConfigurationFolder, "objects.cfg"), Objects);
        File.WriteAllText(
            node.Paths.MainConfiguration,
            $"log_file={node.LogFile}\ncfg_file=objects.cfg\ncommand_file={Pipe(node)}\nstatus_file={StatusFile(node)}\n"
            + $"enable_notification_suppression_reason_logging=0\n{Main}\n");
        return node;
    }

    private static void Give(string pipe)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var stream = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (var command in Commands)
        {
            var line = command.Replace("{now-60}", $"{now - 60}", StringComparison.Ordinal)
                .Replace("{now+7200}", $"{now + 7200}", StringComparison.Ordinal);
            stream.Write(Encoding.ASCII.GetBytes($"[{now}] {line}\n"));
        }
    }

    /// <summary>The file, once it has the last command and all that follows from the others.</summary>
    private static async Task<Dictionary<string, Dictionary<string, string>>> ReadAsync(string file, MonitorNode node)
    {
        Dictionary<string, Dictionary<string, string>> read = [];
        await Eventually.HoldsAsync(
            "commands", $"{file} shows the last", Limits.Agreement,
            () =>
            {
                read = File.Exists(file) ? StatusBlocks.Read(file) : [];
                return read.TryGetValue("hoststatus;web1;", out var host) && host["plugin_output"] == "the end"
                    && read.TryGetValue("hostdowntime;web1;anna;work", out var downtime) && downtime["is_in_effect"] == "1"
                    ? null
                    : string.Join(' ', read.Keys);
            },
            node);
        return read;
    }
}
