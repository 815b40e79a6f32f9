using System.Diagnostics;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios;

/// <summary>Debian's <c>nagios4</c>, running in a folder of its own.</summary>
internal sealed class NagiosDaemon : IDisposable
{
    private const string Program = "/usr/sbin/nagios4";

    private readonly string _folder;
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="name">What <c>$USER1$</c> is.</param>
    /// <param name="objects">The object file.</param>
    /// <param name="main">Further lines of the main configuration.</param>
    public NagiosDaemon(TestFolder folder, string name, string objects, string main)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing; test.sh installs it (Debian package nagios4-core)");
        _folder = Directory.CreateDirectory(folder.File(name)).FullName;

        // Started by root it goes on as the user nagios.
        const UnixFileMode All = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.Path, All);
        File.SetUnixFileMode(_folder, All);
        File.WriteAllText(In("objects.cfg"), objects);
        File.WriteAllText(In("resource.cfg"), $"$USER1$={name}\n");
        File.WriteAllText(
            In("nagios.cfg"),
            $"""
            log_file={In("log")}
            cfg_file={In("objects.cfg")}
            resource_file={In("resource.cfg")}
            object_cache_file={In("objects.cache")}
            precached_object_file={In("objects.precache")}
            status_file={In("status")}
            temp_path={_folder}
            temp_file={In("temp")}
            check_result_path={_folder}
            lock_file={In("pid")}
            state_retention_file={In("retention")}
            query_socket={In("qh")}
            command_file={In("rw")}
            check_external_commands=0
            check_for_updates=0
            retain_state_information=0
            enable_notifications=0
            enable_flap_detection=0
            use_syslog=0
            host_inter_check_delay_method=n
            service_inter_check_delay_method=n
            illegal_macro_output_chars=`~$&|'"<>
            {main}

            """);
        _process = new Process { StartInfo = Programs.StartInfo(_folder, Program, [In("nagios.cfg")]) };
        _process.OutputDataReceived += (_, line) => Collect(line.Data);
        _process.ErrorDataReceived += (_, line) => Collect(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string LogFile => In("log");

    /// <summary>Where it takes external commands, when it does.</summary>
    public string PipeFile => In("rw");

    /// <summary>Its status.dat, which is gone when it has ended.</summary>
    public string StatusFile => In("status");

    /// <summary>Its retention.dat.</summary>
    public string RetentionFile => In("retention");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile, Encoding.Latin1) : "";

    /// <summary>What it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Ends it; its log is whole afterwards.</summary>
    public async Task StopAsync()
    {
        Native.Signal(_process.Id, Native.Terminate);
        using var limit = new CancellationTokenSource(Limits.Exit);
        await _process.WaitForExitAsync(limit.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string In(string name) => Path.Combine(_folder, name);

    private void Collect(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
