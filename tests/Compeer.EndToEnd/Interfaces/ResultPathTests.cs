using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>The ways of a result through a real daemon: in by a file, on to an event handler, into files of performance data, and
/// commands from a file.</summary>
public sealed class ResultPathTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly MonitorNode _node;

    public ResultPathTests() => _node = new MonitorNode(_folder, "alone");

    public void Dispose()
    {
        _node.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Result_FromAFile_RunsTheHandlerAndLeavesItsData()
    {
        var handled = _folder.File("handled");
        var handler = _folder.Script("handler", $"echo \"$*\" >> {handled}");
        var taken = _folder.File("taken");
        var take = _folder.Script("take", $"cat \"$1\" >> {taken} && rm \"$1\"");
        var spool = Directory.CreateDirectory(_folder.File("spool")).FullName;
        var data = _folder.File("data");
        File.WriteAllText(Path.Combine(_node.Paths.ConfigurationFolder, "objects.cfg"), $$"""
            define command {
              command_name handler
              command_line {{handler}} $SERVICEDESC$ $SERVICESTATE$ $ARG1$
            }
            define command {
              command_name take
              command_line {{take}} $SERVICEPERFDATAFILE$
            }
            define host {
              host_name h
              max_check_attempts 1
            }
            define service {
              host_name h
              service_description s
              check_command take
              active_checks_enabled 0
              max_check_attempts 1
              event_handler handler!told
            }
            """);
        File.WriteAllText(_node.Paths.MainConfiguration, $"""
            log_file={_node.LogFile}
            cfg_file=objects.cfg
            command_file={Path.Combine(_node.Paths.VariableFolder, "commands")}
            check_result_path={spool}
            check_result_reaper_frequency=1
            process_performance_data=1
            service_perfdata_file={data}
            service_perfdata_file_template=$SERVICEDESC$ $SERVICEPERFDATA$
            service_perfdata_file_processing_interval=1
            service_perfdata_file_processing_command=take
            """);
        await _node.StartAsync();
        var result = Path.Combine(spool, "cAbCdEf");
        File.WriteAllText(result, "host_name=h\nservice_description=s\ncheck_type=1\nreturn_code=2\noutput=bad|a=1\n");
        File.WriteAllText(result + ".ok", "");
        await AwaitAsync("a result in a file", handled, "s CRITICAL told");
        await AwaitAsync("its performance data", taken, "s a=1");
        await _node.SaysAsync("] SERVICE EVENT HANDLER: h;s;CRITICAL;HARD;1;handler!told\n");

        var commands = _folder.File("commands");
        File.WriteAllText(commands, "[0] PROCESS_SERVICE_CHECK_RESULT;h;s;0;good|a=2\n");
        using (var pipe = new FileStream(Path.Combine(_node.Paths.VariableFolder, "commands"), FileMode.Open, FileAccess.Write))
        {
            pipe.Write(Encoding.UTF8.GetBytes($"[0] PROCESS_FILE;{commands};1\n"));
        }

        await AwaitAsync("a file of commands", handled, "s OK told");
        await AwaitAsync("performance data after the file was taken", taken, "s a=2");
        await Eventually.HoldsAsync(
            "a file of commands", "it is removed", Limits.Moment, () => File.Exists(commands) ? "it is there" : null, _node);
    }

    private Task<TimeSpan> AwaitAsync(string phase, string file, string line) => Eventually.HoldsAsync(
        phase,
        $"{Path.GetFileName(file)} has the line '{line}'",
        Limits.Moment,
        () => File.Exists(file) && File.ReadAllLines(file).Contains(line)
            ? null
            : File.Exists(file) ? File.ReadAllText(file) : "there is none",
        _node);
}
