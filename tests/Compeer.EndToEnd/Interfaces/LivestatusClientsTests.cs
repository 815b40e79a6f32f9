using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>Clients as Debian has them, each asking what it asks in its own way.</summary>
public sealed class LivestatusClientsTests : ClusterTest
{
    [Fact]
    public async Task Clients_OfDebian_GetWhatTheyAskFor()
    {
        var port = LoopbackAddress.TakePort();
        var node = Single(new SiteConfiguration(Folder).Command("ok", "/bin/echo up").Set("execute_service_checks", "0")
            .Set("broker_module", $"/usr/lib/naemon/naemon-livestatus/livestatus.so inet_addr=127.0.0.1:{port}")
            .Host("h", "ok", interval: 3600, attempts: 1)
            .Service("h", "good", "ok", interval: 3600, attempts: 1).Service("h", "bad", "ok", interval: 3600, attempts: 1));
        await node.StartAsync();
        var path = node.Paths.LivestatusSocket;
        string[] results = ["HOST_CHECK_RESULT;h;0;up", "SERVICE_CHECK_RESULT;h;good;0;fine", "SERVICE_CHECK_RESULT;h;bad;2;broken"];
        foreach (var result in results)
        {
            await LivestatusTests.AskAsync(path, $"COMMAND [1] PROCESS_{result}\n");
        }

        // Thruk's: each connection a request, columns between null bytes.
        Assert.Equal(
            [
                "host h 0 up", "service bad 2 on h", "service good 0 on h", "totals 1 1", "comment h perl from perl", "commands 1",
                "error 404",
            ],
            await RunAsync("libmonitoring-livestatus-perl", "/usr/bin/perl", Client("thruk.pl"), path));

        Assert.Equal(
            [
                "test True", "host h 0 up", "service h bad 2", "one good", "contacts ['operator']", "columns True",
                "comments ['from pynag']", "error LivestatusError",
            ],
            await RunAsync("python3-pynag", "/usr/bin/python3", Client("adagios.py"), path));

        Assert.Equal(
            ["host h UP", "service bad CRITICAL hard broken"],
            await RunAsync(
                "nagstamon", "/usr/bin/python3", Client("nagstamon.py"), Unpacked("usr/lib/python3/dist-packages"), $"127.0.0.1:{port}"));
        await Eventually.HoldsAsync("nagstamon acknowledged", "the problem is acknowledged", Limits.Moment, async () =>
        {
            var answer = await LivestatusTests.AskAsync(path, "GET services\nColumns: acknowledged\nFilter: description = bad\n");
            return answer == "1\n" ? null : answer;
        });
        await LivestatusTests.AskAsync(path, "COMMAND [1] REMOVE_SVC_ACKNOWLEDGEMENT;h;bad\n");

        Assert.Equal(
            [
                """object {"name1":"h","name2":"bad"}""", """object {"name1":"h","name2":"good"}""", "host up up",
                """service ["h~~bad"] critical""", "counts 1 1", """parents ["h"]""", """problems ["h"]""",
                "start known", "acknowledged [[1]]",
            ],
            await RunAsync(
                "php-cli",
                "/usr/bin/php",
                Client("nagvis.php"),
                Unpacked("usr/share/nagvis/share/server/core/classes/GlobalBackendmklivestatus.php"),
                $"unix:{path}"));
    }

    private static string Client(string name) => Path.Combine(AppContext.BaseDirectory, "Interfaces/Clients", name);

    /// <summary>A file of a package that is only unpacked, because to install it would bring a web server or a desktop.</summary>
    private static string Unpacked(string name)
    {
        var folder = Environment.GetEnvironmentVariable("COMPEER_UNPACKED_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache/compeer-test-packages");
        var path = Path.Combine(folder, name);
        Assert.True(Path.Exists(path), $"{path} is missing; test.sh unpacks it (Debian packages nagvis and nagstamon)");
        return path;
    }

    private static async Task<string[]> RunAsync(string package, string program, params string[] arguments)
    {
        Assert.True(File.Exists(program), $"{program} is missing; test.sh installs it (Debian package {package})");
        var result = await Programs.RunAsync(Path.GetTempPath(), program, arguments);
        Assert.True(
            result is { ExitCode: 0 } && !result.Error.Contains("Warning", StringComparison.Ordinal),
            $"with the client of Debian's {package}: {result}");
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
