using System.Net.Sockets;
using System.Text;
using Compeer.Cli.Commands;

namespace Compeer.Tests.Cli;

/// <summary><c>mon qh query, get</c> and <c>mon query ls, lsq</c>, with sockets that answer.</summary>
public sealed class QueryCommandsTests
{
    private const string Columns = "state;int;The state\nname;string;Its name; in full\n";

    [Fact]
    public async Task QhQuery_PrintsTheAnswerAsItComes()
    {
        using var harness = new CliHarness();
        var socket = Path.Combine(harness.Paths.Prefix, "s");
        var asked = ServeAsync(socket, endsAtNul: true, "first\n\0second");
        var run = await harness.RunAsync("qh", "query", $"--socket={socket}", "help", "list");
        Assert.Equal("#help list\0", Assert.Single(await asked));
        Assert.Equal("first\nsecond\n", run.Out);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task QhQuery_FailsWhenTheAnswerIsAnError()
    {
        using var harness = new CliHarness();
        Directory.CreateDirectory(harness.Paths.ConfigurationFolder);
        var socket = Path.Combine(harness.Paths.Prefix, "s");
        await File.WriteAllTextAsync(harness.Paths.MainConfiguration, $"query_socket={socket}\n");
        var asked = ServeAsync(socket, endsAtNul: true, "404: x: No such handler");
        var run = await harness.RunAsync("qh", "query", "--single", "@x y");
        Assert.Equal("@x y\0", Assert.Single(await asked));
        Assert.Equal((1, "404: x: No such handler\n"), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("a=1;bb=x=y;\nc=;\n\0", "a                         1\nbb                        x=y\n\nc                         \n\n", 0)]
    [InlineData("no pairs at all\0", "no pairs at all\n", 0)]
    [InlineData("400: Bad request\0", "400: Bad request\n", 1)]
    public async Task QhGet_PrintsPairs(string answer, string printed, int exitCode)
    {
        using var harness = new CliHarness();
        var socket = Path.Combine(harness.Paths.Prefix, "s");
        var asked = ServeAsync(socket, endsAtNul: true, answer);
        var run = await harness.RunAsync("qh", "get", $"--socket={socket}", "merlin", "nodeinfo");
        await asked;
        Assert.Equal((exitCode, printed), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task QueryLs_ListsTablesAndColumns()
    {
        using var harness = new CliHarness();
        Directory.CreateDirectory(harness.Paths.SocketFolder);
        var tables = ServeAsync(harness.Paths.LivestatusSocket, endsAtNul: false, "hosts\nservices\nhosts\n");
        Assert.Equal("hosts\nservices\n", (await harness.RunAsync("query", "ls")).Out);
        Assert.Equal("GET columns\nColumns: table\n", Assert.Single(await tables));

        var columns = ServeAsync(harness.Paths.LivestatusSocket, endsAtNul: false, Columns);
        Assert.Equal("   int  state  The state\nstring  name   Its name; in full\n", (await harness.RunAsync("query", "ls", "hosts")).Out);
        Assert.Equal("GET columns\nColumns: name type description\nFilter: table = hosts\n", Assert.Single(await columns));
    }

    [Fact]
    public async Task QueryLs_AsksForRows_OfTablesThatThereAre()
    {
        using var harness = new CliHarness();
        Directory.CreateDirectory(harness.Paths.SocketFolder);
        var asked = ServeAsync(harness.Paths.LivestatusSocket, endsAtNul: false, Columns, "2;a\n");
        var run = await harness.RunAsync("query", "ls", "hosts", "-v", "-c", "state,name", "state", "-gt", "0");
        const string Query = "GET hosts\nColumns: state name\nFilter: state > 0\n";
        Assert.Equal((0, $"=QUERY:START\n{Query}=QUERY:END\n2;a\n"), (run.ExitCode, run.Out));
        Assert.Equal(Query, (await asked)[1]);

        asked = ServeAsync(harness.Paths.LivestatusSocket, endsAtNul: false, Columns);
        run = await harness.RunAsync("query", "ls", "hosts", "name=a\nStats: state = 0");
        await asked;
        Assert.StartsWith(
            "mon query ls: a word has a line end, which ends a line of the query; usage:", run.Error, StringComparison.Ordinal);

        var none = ServeAsync(harness.Paths.LivestatusSocket, endsAtNul: false, "");
        run = await harness.RunAsync("query", "ls", "nothing");
        await none;
        Assert.Equal((1, "mon query ls: there is no table \"nothing\"; \"mon query ls\" lists them\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task QueryLsq_SendsWhatItIsGiven()
    {
        using var harness = new CliHarness { Input = "GET hosts\nColumns: name\n\n"u8.ToArray() };
        Directory.CreateDirectory(harness.Paths.SocketFolder);
        var asked = ServeAsync(harness.Paths.LivestatusSocket, endsAtNul: false, "a\n");
        Assert.Equal("a\n", (await harness.RunAsync("query", "lsq")).Out);
        Assert.Equal("GET hosts\nColumns: name\n", Assert.Single(await asked));
    }

    [Theory]
    [InlineData("name -e a", "Filter: name = a")]
    [InlineData("name -ne a state -nri ^b", "Filter: name != a|Filter: state !~~ ^b")]
    [InlineData(
        "name~~^a state!>=b state<=0 name!=~X -o3 -n -a 2",
        "Filter: name ~~ ^a|Filter: state !>= b|Filter: state <= 0|Filter: name !=~ X|Or: 3|Negate:|And: 2")]
    [InlineData("-l3 -H -O json -c name", "Columns: name|Limit: 3|ColumnHeaders: on|OutputFormat: json")]
    [InlineData("-S ,59,,1", "Separators: 10 59 44 1")]
    [InlineData("name=", "Filter: name = ")]
    public void LivestatusWords_MakeAQuery(string words, string lines)
    {
        var reader = new LivestatusWords(new HashSet<string> { "name", "state" });
        var query = reader.Compose("hosts", words.Split(' '));
        Assert.Equal("", reader.Fault);
        Assert.Equal($"GET hosts\n{lines.Replace('|', '\n')}\n", query);
    }

    [Theory]
    [InlineData("nme=a", "the table has no column \"nme\"")]
    [InlineData("-c name,nme", "the table has no column \"nme\"")]
    [InlineData("-c", "there are no columns behind -c")]
    [InlineData("name", "\"name\" is neither an option nor a filter")]
    [InlineData("name -e", "there is no value behind \"name -e\"")]
    [InlineData("name -x a", "\"-x\" is no operator; there are -e, -ne, -ei, -nei, -r, -nr, -ri, -nri, -le, -lt, -ge, -gt, -ct, -nct")]
    [InlineData("-l 0", "-l needs a number from 1, not \"0\"")]
    [InlineData("-o", "-o needs a number from 1, not \"\"")]
    [InlineData("-O xml", "-O is one of csv, json, python, wrapped_json")]
    [InlineData("-S 1,2,3,4,5", "-S is up to four numbers from 0 to 255")]
    [InlineData("-S 256", "-S is up to four numbers from 0 to 255")]
    public void LivestatusWords_SayWhatIsWrong(string words, string fault)
    {
        var reader = new LivestatusWords(new HashSet<string> { "name", "state" });
        Assert.Null(reader.Compose("hosts", words.Split(' ')));
        Assert.Equal(fault, reader.Fault);
    }

    /// <summary>Answers one connection after the other; gives what was asked on each.</summary>
    private static async Task<List<string>> ServeAsync(string path, bool endsAtNul, params string[] answers)
    {
        File.Delete(path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(8);
        var asked = new List<string>();
        foreach (var answer in answers)
        {
            using var client = await listener.AcceptAsync();
            var text = "";
            var buffer = new byte[4096];
            while (!(endsAtNul && text.EndsWith('\0')) && await client.ReceiveAsync(buffer) is > 0 and var count)
            {
                text += Encoding.UTF8.GetString(buffer, 0, count);
            }

            asked.Add(text);
            await client.SendAsync(Encoding.UTF8.GetBytes(answer));
        }

        return asked;
    }
}
