using System.Diagnostics;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>Results by Debian's <c>send_nsca</c> and, by curl, as NRDP's own clients send them, into a real daemon.</summary>
public sealed class PassiveWaysTests : IDisposable
{
    private const string SendNsca = "/usr/sbin/send_nsca";

    private readonly TestFolder _folder = new();
    private readonly MonitorNode _node;
    private readonly int _nscaPort = LoopbackAddress.TakePort();

    public PassiveWaysTests() => _node = new MonitorNode(_folder, "alone");

    public void Dispose()
    {
        _node.Dispose();
        _folder.Dispose();
    }

    /// <summary>Each method that this send_nsca has, with packets of both lengths, several results in a connection.</summary>
    [Fact]
    public async Task Nsca_EveryMethodOfSendNsca_BringsItsResults()
    {
        WriteConfiguration();
        PassiveSenders.WriteSettings(_node.Paths.NscaConfiguration, SettingsOf(0));
        await _node.StartAsync();
        await PassiveSenders.AwaitWayAsync(_node);
        var tried = 0;
        foreach (var method in Enumerable.Range(0, 27))
        {
            var senders = _folder.File($"send_nsca.{method}");
            File.WriteAllText(senders, $"password=ein Passwort\nencryption_method={method}\n");
            if (await SendAsync(senders, "h\ts\t0\tprobe\n", "") == 2)
            {
                // Debian's libmcrypt lacks it, and so does mond.
                continue;
            }

            PassiveSenders.WriteSettings(_node.Paths.NscaConfiguration, SettingsOf(method));
            await Eventually.HoldsAsync(
                $"method {method}",
                "its results are there",
                Limits.Moment,
                async () =>
                {
                    // Until the settings are taken up its packets cannot be read.
                    await SendAsync(senders, $"h\ts\t1\tslow by {method}\x17h\t1\tdown by {method}\n", "");
                    return await OutputsAsync() is var outputs && outputs == $"slow by {method}, down by {method}" ? null : outputs;
                },
                _node);
            await Eventually.HoldsAsync(
                $"method {method}, short packets",
                "its result is there",
                Limits.Moment,
                async () =>
                {
                    // One of the results before, sent more than once, may be taken behind it.
                    await SendAsync(senders, $"h\ts\t0\tshort by {method}\n", "--legacy-2-7-mode");
                    return await OutputsAsync() is var outputs && outputs == $"short by {method}, down by {method}" ? null : outputs;
                },
                _node);
            tried++;
        }

        Assert.True(tried >= 17, $"only {tried} methods were tried");
        Assert.DoesNotContain("ein Passwort", _node.Log, StringComparison.Ordinal);
        await _node.SaysAsync("] PASSIVE SERVICE CHECK: h;s;1;slow by 14");
        Assert.Contains("nsca_address = 127.0.0.1:", (await _node.MonAsync("node", "info")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nrdp_AsItsClientsSend_BringsResultsAndSaysWhatIsUnknown()
    {
        WriteConfiguration();
        var port = LoopbackAddress.TakePort();
        PassiveSenders.WriteSettings(_node.Paths.NrdpConfiguration, $"token=0123456789abcdef\nserver_port={port}\n");
        await _node.StartAsync();
        await PassiveSenders.AwaitWayAsync(_node);
        var address = $"https://127.0.0.1:{port}/nrdp/";

        // As NRDP's shell client posts it: bare XML.
        var xml = "<?xml version='1.0'?><checkresults>"
            + "<checkresult type='service' checktype='1'><servicename>s</servicename><hostname>h</hostname><state>2</state>"
            + "<output><![CDATA[bad & worse]]></output></checkresult>"
            + "<checkresult type='host' checktype='1'><hostname>nobody</hostname><state>0</state><output>up</output></checkresult>"
            + "</checkresults>";
        var answer = await CurlAsync(
            "--cacert", _node.Paths.NrdpCertificate, "-d",
            $"token=0123456789abcdef&cmd=submitcheck&xml={xml.Replace("&", "%26", StringComparison.Ordinal)}", address);
        Assert.Contains("<status>0</status>", answer, StringComparison.Ordinal);
        Assert.Contains("1 checks processed, 1 not taken: &apos;nobody&apos;: there is no such host", answer, StringComparison.Ordinal);
        Assert.StartsWith("bad & worse", await OutputsAsync(), StringComparison.Ordinal);
        await _node.SaysAsync("] Error: Got host checkresult for 'nobody', but no such host can be found\n");

        // As the one in Python does: everything in the address.
        answer = await CurlAsync(
            "--insecure",
            $"{address}?token=wrong&cmd=submitcheck&XMLDATA={Uri.EscapeDataString("<checkresults/>")}");
        Assert.Contains("<message>BAD TOKEN</message>", answer, StringComparison.Ordinal);
        var metrics = await MetricsAsync();
        Assert.Contains("compeer_passive_results_total{way=\"nrdp\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("compeer_passive_refused_total{way=\"nrdp\",reason=\"not_authentic\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single((await _node.StatusAsync()).PassiveWays).Refused);
    }

    private string SettingsOf(int method) =>
        $"server_port={_nscaPort}\npassword=ein Passwort\ndecryption_method={method}\ncommand_file=/nowhere\n";

    private void WriteConfiguration()
    {
        File.WriteAllText(
            Path.Combine(_node.Paths.ConfigurationFolder, "objects.cfg"),
            "define command {\n command_name never\n command_line /bin/true\n}\n" + PassiveSenders.Objects("h", "s"));
        File.WriteAllText(_node.Paths.MainConfiguration, $"log_file={_node.LogFile}\ncfg_file=objects.cfg\n");
    }

    /// <summary>What the service and the host say.</summary>
    private async Task<string> OutputsAsync()
    {
        var services = await AskAsync("/api/v1/services");
        var hosts = await AskAsync("/api/v1/hosts");
        return $"{OutputOf(services)}, {OutputOf(hosts)}";

        static string OutputOf(string json) =>
            System.Text.Json.JsonDocument.Parse(json).RootElement[0].GetProperty("output").GetString()!;
    }

    private Task<string> MetricsAsync() => AskAsync("/metrics");

    private Task<string> AskAsync(string path) => CurlAsync("--unix-socket", _node.Paths.ApiSocket, $"http://localhost{path}");

    private async Task<string> CurlAsync(params string[] arguments) =>
        (await Programs.RunAsync(_folder.Path, "/usr/bin/curl", ["-sS", "-f", "--max-time", "30", .. arguments])).Expect(0).Output;

    /// <summary>Runs send_nsca; its exit code.</summary>
    private async Task<int> SendAsync(string configuration, string input, string option)
    {
        Assert.True(File.Exists(SendNsca), "nsca-client is needed: apt-get install --no-install-recommends nsca-client");
        var info = new ProcessStartInfo(SendNsca, [
            "-H", "127.0.0.1", "-p", $"{_nscaPort}", "-to", "10", "-c", configuration,
            .. option.Length > 0 ? new[] { option } : [],
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read anything.
        }

        await process.WaitForExitAsync().WaitAsync(Limits.Moment);
        return process.ExitCode;
    }
}
