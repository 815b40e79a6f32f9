using System.Collections.Immutable;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>nagios4 and mond, running side by side on the objects of many scripts.</summary>
internal sealed class ScriptPair : IDisposable
{
    private const string Common = """
        interval_length=1
        log_service_retries=1
        log_host_retries=1
        check_external_commands=1
        enable_notifications=1
        enable_event_handlers=1
        enable_flap_detection=1
        check_service_freshness=0
        check_host_freshness=0
        cached_host_check_horizon=0
        status_update_interval=1
        """;

    /// <summary>The text of a result that shows that a file was written after all that came before it.</summary>
    private const string Written = "all is written";

    private readonly NagiosDaemon _nagios;
    private readonly MonitorNode _node;
    private readonly Lock _gate = new();
    private FileStream? _nagiosPipe;
    private FileStream? _ourPipe;

    /// <summary>Starts both.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="name">What is unlike other pairs.</param>
    /// <param name="scripts">Whose objects they have.</param>
    /// <param name="main">Further lines of the main configuration.</param>
    public ScriptPair(TestFolder folder, string name, IReadOnlyList<ComparedScript> scripts, ImmutableArray<string> main)
    {
        var lines = string.Join('\n', main);
        var turn = folder.Script($"turn-{name}", "echo \"turned from $1\"\n[ \"$1\" = 0 ] && exit 2 || exit 0");
        var plugin = folder.Script($"say-{name}", "echo \"$2\"\nexit \"$1\"");
        _nagios = new NagiosDaemon(folder, $"n-{name}", Objects(scripts, plugin, turn, isForMond: false), $"{Common}\n{lines}");
        _node = new MonitorNode(folder, $"m-{name}");
        OurPipeFile = Path.Combine(_node.Paths.VariableFolder, "commands");
        var configuration = _node.Paths.ConfigurationFolder;
        File.WriteAllText(Path.Combine(configuration, "objects.cfg"), Objects(scripts, plugin, turn, isForMond: true));
        File.WriteAllText(
            _node.Paths.MainConfiguration,
            $"log_file={_node.LogFile}\ncfg_file=objects.cfg\ncommand_file={OurPipeFile}\nstatus_file={OurStatusFile}\n"
            + $"log_initial_states=0\nenable_notification_suppression_reason_logging=0\n{Common}\n{lines}\n");
        NagiosLog = new ScriptLog(_nagios.LogFile);
        OurLog = new ScriptLog(_node.LogFile);
    }

    public ScriptLog NagiosLog { get; }

    public ScriptLog OurLog { get; }

    private string OurPipeFile { get; }

    private string OurStatusFile => Path.Combine(_node.Paths.VariableFolder, "status.dat");

    /// <summary>Waits until both take commands.</summary>
    public async Task StartAsync()
    {
        await _node.StartAsync();
        await Eventually.HoldsAsync(
            "start of nagios4",
            "it reads its pipe",
            Limits.Start,
            () => File.Exists(_nagios.PipeFile) && _nagios.Log.Contains("command file worker", StringComparison.Ordinal)
                ? null
                : $"it says {_nagios.Output}\n{_nagios.Log}",
            _node);
        _nagiosPipe = Open(_nagios.PipeFile);
        _ourPipe = Open(OurPipeFile);
    }

    /// <summary>Gives both the same lines, in one order.</summary>
    public void Give(IEnumerable<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
            {
                var bytes = Encoding.Latin1.GetBytes(line + "\n");
                _nagiosPipe!.Write(bytes);
                _ourPipe!.Write(bytes);
            }
        }
    }

    /// <summary>Both files of status, once they have all that was given so far.</summary>
    public async Task<StatusPair> StatusAsync()
    {
        Give([$"[{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}] PROCESS_HOST_CHECK_RESULT;common;0;{Written}"]);
        return new StatusPair(await ReadAsync(_nagios.StatusFile), await ReadAsync(OurStatusFile));
    }

    private async Task<Dictionary<string, Dictionary<string, string>>> ReadAsync(string file)
    {
        Dictionary<string, Dictionary<string, string>> read = [];
        await Eventually.HoldsAsync(
            "end of the scripts", $"{file} shows the last", Limits.Agreement,
            () =>
            {
                read = File.Exists(file) ? StatusBlocks.Read(file) : [];
                return read.TryGetValue("hoststatus;common;", out var host) && host["plugin_output"] == Written
                    ? null
                    : $"it has {read.Count} blocks";
            },
            _node);
        return read;
    }

    /// <summary>What a failed test shows.</summary>
    public string Describe() => $"{_node.Describe()}\n--- nagios4:\n{_nagios.Output}";

    public void Dispose()
    {
        _nagiosPipe?.Dispose();
        _ourPipe?.Dispose();
        _nagios.Dispose();
        _node.Dispose();
    }

    private static FileStream Open(string pipe) => new(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private static string Objects(IReadOnlyList<ComparedScript> scripts, string plugin, string turn, bool isForMond)
    {
        var days = string.Concat(Enum.GetNames<DayOfWeek>().Select(day => $"  {day.ToLowerInvariant()} 00:00-24:00\n"));
        var text = new StringBuilder(
            $$"""
            define timeperiod {
              timeperiod_name always
              alias always
            {{days}}}
            define timeperiod {
              timeperiod_name never
              alias never
            }
            define command {
              command_name say
              command_line {{plugin}} $ARG1$ "$ARG2$"
            }
            define command {
              command_name turn-service
              command_line {{turn}} $SERVICESTATEID$
            }
            define command {
              command_name turn-host
              command_line {{turn}} $HOSTSTATEID$
            }
            define command {
              command_name notify-host
              command_line /bin/true
            }
            define command {
              command_name notify-service
              command_line /bin/true
            }
            define contact {
              contact_name nobody
              host_notification_commands notify-host
              service_notification_commands notify-service
              host_notification_period never
              service_notification_period never
            }
            define host {
              host_name common
              address 127.0.0.1
              max_check_attempts 1
              active_checks_enabled 0
              contacts nobody
              check_period always
              notification_period always
            }
            define service {
              host_name common
              service_description common
              max_check_attempts 1
              active_checks_enabled 0
              contacts nobody
              check_command handle
              check_period always
              notification_period always
            }
            define command {
              command_name handle
              command_line /bin/true
            }

            """);
        text.AppendJoin("", scripts.SelectMany(script => script.Objects).Select(made => made.Define(isForMond)));
        return text.ToString();
    }
}
