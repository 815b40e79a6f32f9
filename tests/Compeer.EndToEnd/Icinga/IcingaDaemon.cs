using System.Diagnostics;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Icinga;

/// <summary>Debian's <c>icinga2</c> with nothing but its livestatus, on a socket in its folder, as a user without rights.</summary>
internal sealed class IcingaDaemon : IDisposable
{
    private const string Program = "/usr/sbin/icinga2";

    private readonly string _folder;
    private readonly Process _process;
    private readonly Task<string> _output;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="objects">The objects in its own language.</param>
    public IcingaDaemon(TestFolder folder, string objects)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing; test.sh installs it (Debian package icinga2-bin)");
        _folder = Directory.CreateDirectory(folder.File("icinga")).FullName;

        // Started by root it goes on as nobody.
        const UnixFileMode All = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.Path, All);
        File.SetUnixFileMode(_folder, All);
        File.WriteAllText(
            In("icinga2.conf"),
            $$"""
            library "livestatus"
            object IcingaApplication "app" { }
            object LivestatusListener "livestatus" {
              socket_type = "unix"
              socket_path = "{{Socket}}"
            }
            {{objects}}

            """);
        var user = Environment.IsPrivilegedProcess ? ("nobody", "nogroup") : (Environment.UserName, Environment.UserName);
        string[] constants =
        [
            $"RunAsUser={user.Item1}", $"RunAsGroup={user.Item2}", $"ConfigDir={_folder}", $"DataDir={_folder}", $"LogDir={_folder}",
            $"CacheDir={_folder}", $"SpoolDir={_folder}", $"InitRunDir={_folder}", $"PidPath={In("pid")}", "NodeName=node",
        ];
        string[] arguments = ["daemon", "-c", In("icinga2.conf"), .. constants.SelectMany(constant => new[] { "-D", constant })];
        _process = Process.Start(Programs.StartInfo(_folder, Program, arguments))!;
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Where it answers.</summary>
    public string Socket => In("live");

    /// <summary>Waits until it answers.</summary>
    public Task<TimeSpan> AnswersAsync() => Eventually.HoldsAsync("icinga2 starts", "its livestatus listens", Limits.Start, () =>
    {
        Assert.False(_process.HasExited, $"icinga2 ended: {(_process.HasExited ? _output.Result : "")}");
        return File.Exists(Socket) ? null : "no socket";
    });

    /// <summary>Ends it and what it started of itself.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(Limits.Exit);
        }

        _process.Dispose();
    }

    private string In(string name) => Path.Combine(_folder, name);
}
