using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>One host of a <see cref="HostNetwork"/>.</summary>
/// <param name="Name">Its host name, which the others know.</param>
/// <param name="Pid">Its first process, as it is numbered outside.</param>
internal sealed record Host(string Name, int Pid)
{
    /// <summary>Where root is at home.</summary>
    public const string Home = "/root";

    /// <summary>What everything on a host begins with: no variable of this process, and root's own; Ctrl-C ends it, though whoever
    /// started the tests in the background ignores it.</summary>
    private static readonly string[] Environment =
    [
        "/usr/bin/env", "--default-signal=INT,QUIT", "-i", "HOME=" + Home, "USER=root", "LOGNAME=root",
        "SHELL=/bin/bash", "LC_ALL=C.UTF-8", "TERM=dumb", "DOTNET_TieredPGO=0",
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
        useradd --system --user-group --home-dir /opt/monitor --no-create-home --shell /bin/sh --password '*' monitor
        mkdir -p /opt/monitor/etc /opt/monitor/op5/merlin /opt/monitor/var
        chown -R monitor: /opt/monitor/etc /opt/monitor/op5 /opt/monitor/var
        ln -s /usr/lib/compeer/bin/mon /usr/bin/mon
        """)).Expect(0);

    /// <summary>Installs, or upgrades to, a package that lies outside.</summary>
    public async Task InstallAsync(string package)
    {
        await using (var from = System.IO.File.OpenRead(package))
        await using (var to = System.IO.File.Create(File("/tmp/package.deb")))
        {
            await from.CopyToAsync(to);
        }

        (await RunAsync("dpkg", "--install", "/tmp/package.deb")).Expect(0);
        System.IO.File.Delete(File("/tmp/package.deb"));
    }

    /// <summary>A process of the host, as it is numbered outside.</summary>
    /// <param name="inside">Its number on the host.</param>
    public int Outside(int inside) => Processes().Single(pid => System.IO.File
        .ReadLines($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/status")
        .Any(line => line.StartsWith("NSpid:", StringComparison.Ordinal)
            && line.EndsWith($"\t{inside.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal)));

    /// <summary>Stops all that runs on the host, as when a machine is suspended.</summary>
    public void Suspend()
    {
        // What is started meanwhile is stopped in the next round.
        var stopped = new HashSet<int>();
        while (Processes().Where(stopped.Add).ToList() is { Count: > 0 } more)
        {
            more.ForEach(pid => Native.Signal(pid, Native.Stop));
        }
    }

    /// <summary>Lets all of it go on.</summary>
    public void Resume() => Processes().ForEach(pid => Native.Signal(pid, Native.Continue));

    /// <summary>All processes of the host, as they are numbered outside.</summary>
    private List<int> Processes()
    {
        var own = SpaceOf(Pid);
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid != 0 && SpaceOf(pid) == own)];

        static string? SpaceOf(int pid)
        {
            try
            {
                return new FileInfo($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/ns/pid").LinkTarget;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>A small site: the host itself with two services.</summary>
    public async Task ConfigureAsync() => (await ShellAsync(
        """
        set -e
        cd /opt/monitor/etc
        cat >naemon.cfg <<END
        cfg_file=/opt/monitor/etc/objects.cfg
        END
        cat >objects.cfg <<END
        define timeperiod {
          timeperiod_name always
          alias always
          monday 00:00-24:00
        }
        define command {
          command_name fine
          command_line /bin/true
        }
        define host {
          host_name one
          address 127.0.0.1
          check_command fine
          check_interval 1
          max_check_attempts 3
          check_period always
          contacts nobody
        }
        define host {
          host_name two
          address 127.0.0.1
          check_command fine
          check_interval 1
          max_check_attempts 3
          check_period always
          contacts nobody
        }
        define contact {
          contact_name nobody
          host_notifications_enabled 0
          service_notifications_enabled 0
          host_notification_period always
          service_notification_period always
          host_notification_commands fine
          service_notification_commands fine
        }
        define service {
          host_name one,two
          service_description s
          check_command fine
          check_interval 1
          max_check_attempts 3
          check_period always
          contacts nobody
        }
        END
        """)).Expect(0);
}
