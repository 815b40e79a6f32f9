using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>The HTTP interface on its socket, as a client sees it that is not ours.</summary>
public sealed partial class HttpTests : ClusterTest
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    [Fact]
    public async Task Api_RequestsGoodAndBad_AnswersAndExplains()
    {
        var node = Single(TracedSite(hosts: 3, services: 2));
        await node.StartAsync();
        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(node.Paths.ApiSocket) & (UnixFileMode)0x1FF);
        using var http = Client(node);

        (string Path, HttpStatusCode Status, string Message)[] refused =
        [
            ("/api/v1/hosts?bogus=1", HttpStatusCode.BadRequest, "unknown parameter 'bogus'"),
            ("/api/v1/hosts?state=critical", HttpStatusCode.BadRequest, "UP, DOWN, UNREACHABLE"),
            ("/api/v1/services?limit=0", HttpStatusCode.BadRequest, "limit '0'"),
            ("/api/v1/services?limit=-1", HttpStatusCode.BadRequest, "limit '-1'"),
            ("/api/v1/services?limit=99999999999999", HttpStatusCode.BadRequest, "limit '99999999999999'"),
            ("/api/v1/services?host=nobody", HttpStatusCode.NotFound, "there is no host 'nobody'"),
        ];
        foreach ((var path, var status, var message) in refused)
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(status, response.StatusCode);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Contains(message, body.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        (string Path, int Count)[] counted =
        [
            ("/api/v1/hosts", 3),
            ("/api/v1/services", 6),
            ("/api/v1/services?host=h02", 2),
            ("/api/v1/services?limit=4", 4),
            ("/api/v1/services?state=critical", 0),
            ("/api/v1/hosts?state=DOWN", 0),
        ];
        foreach ((var path, var count) in counted)
        {
            using var body = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)));
            Assert.Equal(count, body.RootElement.GetArrayLength());
        }

        using var nowhere = await http.GetAsync(new Uri("/api/v1/nowhere", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        using var wrongMethod = await http.PostAsync(new Uri("/api/v1/hosts", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
    }

    [Fact]
    public async Task Metrics_OfARunningDaemon_AreInPrometheusForm()
    {
        var node = Single(TracedSite(hosts: 3, services: 2, interval: 1));
        await node.StartAsync();
        using var http = Client(node);
        await Eventually.HoldsAsync(
            "checks run",
            "services among them have a result",
            Limits.Moment,
            async () => (await node.ObjectsAsync()).Any(pair => !pair.Key.EndsWith(':') && pair.Value.HasBeenChecked) ? null : "not yet",
            node);

        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var types = new Dictionary<string, string>();
        var values = new Dictionary<string, double>();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                types.Add(words[2], words[3]);
                continue;
            }

            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, $"not a sample: '{line}'");
            Assert.True(types.ContainsKey(sample.Groups["name"].Value), $"no TYPE before '{line}'");
            values.Add(
                sample.Groups["name"].Value + sample.Groups["labels"].Value,
                double.Parse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        Assert.All(types.Values, type => Assert.Contains(type, (string[])["gauge", "counter"]));
        Assert.Equal(9, values["compeer_objects_owned"]);
        Assert.Equal(1, values["compeer_cluster_active"]);
        Assert.True(values["compeer_checks_completed_total{type=\"service\"}"] > 0, text);
        Assert.All(
            types.Where(pair => pair.Value == "counter"), pair => Assert.EndsWith("_total", pair.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Api_ServiceNeverCheckedAndOneWithSeveralLines_ArePendingAndHaveThem()
    {
        Folder.Script("lines", "printf 'first|a=1\\nsecond\\nthird\\n'");
        var node = Single(new SiteConfiguration(Folder)
            .Command("lines", "$USER3$/lines")
            .Host("h", "lines", interval: 1)
            .Service("h", "lines", "lines", interval: 1)
            .Text("define service {\n  host_name h\n  service_description never\n  check_command lines\n  active_checks_enabled 0\n"
                + "  max_check_attempts 1\n}\n"));
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "start",
            "what is checked has all its lines",
            Limits.Moment,
            async () => await node.ObjectAsync("h:lines") is var seen
                && (seen.State, seen.Output, seen.LongOutput) == ("OK", "first", "second\nthird") ? null : $"{seen}",
            node);
        var never = await node.ObjectAsync("h:never");
        Assert.Equal(("PENDING", false, "", ""), (never.State, never.HasBeenChecked, never.Output, never.LongOutput));
        using var http = Client(node);
        foreach ((var state, var names) in ((string, string[])[])[("pending", ["never"]), ("OK", ["lines"])])
        {
            using var found = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/api/v1/services?state={state}", UriKind.Relative)));
            Assert.Equal(names, found.RootElement.EnumerateArray().Select(service => service.GetProperty("service").GetString()));
        }
    }

    private static HttpClient Client(MonitorNode node) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(node.Paths.ApiSocket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = Limits.Moment,
    };

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-z_]+=""[^""\\]*""\})? (?<value>[-+0-9.eE]+|NaN|[+-]Inf)$")]
    private static partial Regex Sample();
}
