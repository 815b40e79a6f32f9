using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>
/// NRDP's clients, by curl: the same requests to the same addresses as send_nrdp.sh, send_nrdp.php and send_nrdp.py make, those of the
/// page in NRDP's own server, and what comes of them in a real daemon.
/// </summary>
public sealed partial class NrdpClientsTests : ClusterTest
{
    private const string Token = PassiveSenders.Token;

    private MonitorNode _node = null!;
    private string _address = "";

    [Fact]
    public async Task Requests_InTheFormsOfNrdpsClients_BringTheirResults()
    {
        await StartAsync();
        await ShellClientAsync();
        await ShellClientWithAFileAsync();
        await PythonClientAsync();
        await PhpClientAsync();
        await PageAsync();
        await RefusedAsync();
        Assert.DoesNotContain(Token, _node.Log, StringComparison.Ordinal);
    }

    /// <summary>send_nrdp.sh with -H, -s, -S and -o: XML as it is behind <c>-d</c>, of the output only <c>&amp;</c>, <c>&lt;</c> and
    /// <c>&gt;</c> encoded, and a slash too much.</summary>
    private async Task ShellClientAsync()
    {
        const string Output = "größer %26 %3C5%3E, 50% used|used=50%;80;90";
        var xml = "<?xml version='1.0'?>\n    <checkresults>\n    <checkresult type='service' checktype='1'>\n"
            + "        <servicename>s1</servicename><hostname>h</hostname>\n    <state>1</state>\n"
            + $"    <output><![CDATA[{Output}]]></output>\n    </checkresult>\n    </checkresults>";
        await SendAsync(1, "--insecure", "-d", $"token={Token}&cmd=submitcheck&xml={xml}", _address + "/");
        await ExpectAsync("s1", "WARNING", "größer & <5>, 50% used", "");
    }

    /// <summary>send_nrdp.sh with -f: a file as an editor of Windows leaves it, with several results.</summary>
    private async Task ShellClientWithAFileAsync()
    {
        var file = Folder.File("results.xml");
        await File.WriteAllTextAsync(
            file,
            "<?xml version='1.0'?>\r\n<checkresults>\r\n"
            + Result("host", "h", null, 1, "down &amp; out") + "\r\n" + Result("service", "h", "s2", 2, "bad\\nmore\nlast")
            + "\r\n</checkresults>\r\n",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await SendAsync(
            2, "--insecure", "-d", $"token={Token}&cmd=submitcheck", "--data-urlencode", $"xml@{file}", _address + "/");
        await ExpectAsync("s2", "CRITICAL", "bad", "more\nlast");
        await ExpectAsync(null, "DOWN", "down & out", "");
    }

    /// <summary>send_nrdp.py: all in the address, blanks as <c>+</c>; a long output and one of a service that there is not.</summary>
    private async Task PythonClientAsync()
    {
        var output = string.Concat(Enumerable.Range(0, 700).Select(number => $"line {number} of many\n"));
        var xml = "<?xml version='1.0'?>\n<checkresults>\n" + Result("service", "h", "s1", 0, output)
            + Result("service", "h", "none", 0, "x") + "</checkresults>";
        var form = $"token={Token}&cmd=submitcheck&XMLDATA={WebUtility.UrlEncode(xml)}";
        var answer = await SendAsync(1, "--insecure", $"{_address}?{form}");
        Assert.Contains("1 not taken: &apos;none&apos; of &apos;h&apos;: there is no such service", answer, StringComparison.Ordinal);
        await ExpectAsync("s1", "OK", "line 0 of many", output[(output.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd('\n'));
    }

    /// <summary>send_nrdp.php: posted, all of it encoded, with the headers of its <c>load_url</c>.</summary>
    private async Task PhpClientAsync()
    {
        var xml = "<?xml version='1.0'?>\n<checkresults>\n\n    " + Result("host", "h", null, 0, "up &quot;again&quot;")
            + "\n        \n    " + Result("service", "h", "s2", 3, "ça va?") + "\n        \n</checkresults>";
        await SendAsync(
            2, "--insecure", "-L", "-A", "BinGet/1.00.A (http://www.bin-co.com/php/scripts/load/)", "-H", "Accept: text/*",
            "-d", $"token={Token}&cmd=submitcheck&xml={WebUtility.UrlEncode(xml)}", _address + "/");
        await ExpectAsync("s2", "UNKNOWN", "ça va?", "");
        await ExpectAsync(null, "UP", "up \"again\"", "");
    }

    /// <summary>The page of NRDP's server posts JSON; the answer is JSON too.</summary>
    private async Task PageAsync()
    {
        const string Json = """
            {"checkresults": [
                {"checkresult": {"type": "host", "checktype": "1"}, "hostname": "h", "state": "0",
                 "output": "Everything looks okay! | p=1;"},
                {"checkresult": {"type": "service", "checktype": "1"}, "hostname": "h", "servicename": "s1", "state": "1",
                 "output": "WARNING: Danger Will Robinson! | p=1;"}]}
            """;
        var answer = await PassiveSenders.CurlAsync(
            Folder.Path, "--cacert", _node.Paths.NrdpCertificate,
            "-d", $"token={Token}&cmd=submitcheck", "--data-urlencode", $"json={Json}", _address);
        Assert.Equal(
            "{\"result\":{\"status\":0,\"message\":\"OK\",\"meta\":{\"output\":\"2 checks processed\"}}}", answer.Expect(0).Output);
        await ExpectAsync("s1", "WARNING", "WARNING: Danger Will Robinson!", "");
    }

    private async Task RefusedAsync()
    {
        var bad = await PassiveSenders.CurlAsync(
            Folder.Path, "--insecure", "-d", "token=0123456789abcdeg&cmd=submitcheck&xml=<checkresults/>", _address + "/");
        Assert.Equal(("-1", "BAD TOKEN"), AnswerOf(bad.Expect(0).Output));

        // The client takes a code that is an error for a server that cannot be reached, and keeps what it has.
        var file = Folder.File("large.xml");
        await File.WriteAllTextAsync(file, new string(' ', 2 << 20));
        var large = await PassiveSenders.CurlAsync(
            Folder.Path, "--insecure", "-d", $"token={Token}&cmd=submitcheck", "--data-urlencode", $"xml@{file}", _address + "/");
        Assert.NotEqual(0, large.ExitCode);
        await _node.SaysAsync("its request is too large");

        var plain = await PassiveSenders.CurlAsync(
            Folder.Path, "-d", "cmd=hello", _address.Replace("https:", "http:", StringComparison.Ordinal));
        Assert.NotEqual(0, plain.ExitCode);
    }

    private static string Result(string type, string host, string? service, int state, string output) =>
        $"<checkresult type='{type}'  checktype='1'>\n        <hostname>{host}</hostname>\n"
        + (service is null ? "" : $"        <servicename>{service}</servicename>\n")
        + $"        <state>{state}</state>\n        <output>{output}</output>\n    </checkresult>";

    private async Task StartAsync()
    {
        var site = new SiteConfiguration(Folder).Command("never", "/bin/true").Text(PassiveSenders.Objects("h", "s1", "s2"));
        _node = Single(site);
        var port = LoopbackAddress.TakePort();
        _address = $"https://127.0.0.1:{port}/nrdp/";
        PassiveSenders.WriteSettings(_node.Paths.NrdpConfiguration, $"token={Token}\nserver_port={port}\n");
        await _node.StartAsync();
        await PassiveSenders.AwaitWayAsync(_node);
    }

    /// <summary>Sends what is answered as done, for so many results.</summary>
    private async Task<string> SendAsync(int results, params string[] arguments)
    {
        var answer = (await PassiveSenders.CurlAsync(Folder.Path, arguments)).Expect(0).Output;
        Assert.Equal(("0", "OK"), AnswerOf(answer));
        Assert.Contains($"<output>{results} checks processed", answer, StringComparison.Ordinal);
        return answer;
    }

    /// <summary>What send_nrdp.sh finds in an answer by sed, once its shell has made one line of it.</summary>
    private static (string Status, string Message) AnswerOf(string answer)
    {
        var line = string.Join(' ', answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (StatusPattern().Match(line).Groups[1].Value, MessagePattern().Match(line).Groups[1].Value);
    }

    private async Task ExpectAsync(string? service, string state, string output, string longOutput)
    {
        var name = service is null ? ObjectName.Of("h") : ObjectName.Of("h", service);
        var status = await _node.ObjectAsync(name);
        Assert.Equal((output, longOutput, state), (status.Output, status.LongOutput.TrimEnd('\n'), status.State));
    }

    [GeneratedRegex("^.*<status>(.*)</status>.*$")]
    private static partial Regex StatusPattern();

    [GeneratedRegex("^.*<message>(.*)</message>.*$")]
    private static partial Regex MessagePattern();
}
