using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>One host of a <see cref="HostNetwork"/>.</summary>
/// <param name="Name">Its host name, which the others know.</param>
/// <param name="Pid">Its first process, as it is numbered outside.</param>
internal sealed record Host(string Name, int Pid)
{
    /// <summary>What everything on a host begins with: no variable of this process, and root's own.</summary>
    private static readonly string[] Environment =
    [
        "/usr/bin/env", "-i", "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/bash", "LC_ALL=C.UTF-8", "TERM=dumb",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ];

    /// <summary>A file of the host as this process can open it.</summary>
    public string File(string path) => $"/proc/{Pid.ToString(CultureInfo.InvariantCulture)}/root{path}";

    /// <summary>The text of a file of the host.</summary>
    public string Read(string path) => System.IO.File.ReadAllText(File(path));

    /// <summary>Program and arguments that run a command as root on the host.</summary>
    public string[] Command(params IEnumerable<string> command) =>
    [
        "nsenter", $"--target={Pid.ToString(CultureInfo.InvariantCulture)}", "--mount", "--uts", "--pid", "--ipc", "--net", "--root",
        "--wd", .. Environment, .. command,
    ];

    /// <summary>Runs a program on the host without a terminal.</summary>
    public Task<ProgramResult> RunAsync(params IEnumerable<string> command)
    {
        var line = Command(command);
        return Programs.RunAsync("/", line[0], line[1..]);
    }

    /// <summary>Runs a line of shell on the host without a terminal.</summary>
    public Task<ProgramResult> ShellAsync(string line) => RunAsync("bash", "-c", line);

    /// <summary>Puts the programs under test and what they need where a package puts them.</summary>
    public async Task InstallAsync() => (await ShellAsync(
        """
        set -e
        useradd --system --user-group --home-dir /opt/monitor --shell /bin/bash monitor
        mkdir -p /opt/monitor/etc /opt/monitor/op5/merlin /opt/monitor/var
        chown -R monitor: /opt/monitor
        ln -s /usr/lib/compeer/mon /usr/bin/mon
        """)).Expect(0);
}
