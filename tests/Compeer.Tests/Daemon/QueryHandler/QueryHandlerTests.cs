using System.Net.Sockets;
using System.Text;
using Compeer.Daemon.QueryHandler;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Snapshot;
using Compeer.Execution.Processes;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Daemon.QueryHandler;

/// <summary>What clients of the query handler see, over a socket.</summary>
public sealed class QueryHandlerTests
{
    private static readonly CommandHandler Commands = new((line, _) => Task.FromResult(
        Encoding.UTF8.GetString(line.Span) is "[1] GOOD" ? null : "no such command"));

    [Theory]
    [InlineData("#echo hello there", "hello there")]
    [InlineData("echo hello\n\n", "hello")]
    [InlineData("#echo help", "Sends back what it is sent, to try the connection.\0")]
    [InlineData("#nothing at all", "404: nothing: No such handler")]
    [InlineData("", "404: : No such handler")]
    [InlineData("#help", "  help <name>   show help for handler <name>\n  help list     list the handlers\n\0")]
    [InlineData(
        "#help list",
        "command    Takes external commands\necho       Sends back what it is sent\nhelp       Tells which handlers there are\n\0")]
    [InlineData("#help nothing", "No handler named 'nothing' is registered\n\0")]
    [InlineData("#command run [1] GOOD", "200: OK\0")]
    [InlineData("#command run [1] BAD", "400: no such command\n\0")]
    [InlineData("#command runkv x=1", "400: runkv is not known here; give the command with \"run\": [time] NAME;argument\n\0")]
    [InlineData("#command go", "404: Not found\0")]
    public async Task Query_IsAnswered_AndEndsTheConnection(string query, string answer)
    {
        await using var site = new QuerySite(Commands);
        Assert.Equal(answer, await site.AskAsync(query));
    }

    [Fact]
    public async Task HelpOfAHandler_IsItsOwn()
    {
        await using var site = new QuerySite(Commands);
        Assert.Equal(await site.AskAsync("#command help"), await site.AskAsync("#help command"));
    }

    [Fact]
    public async Task KeptConnection_TakesQueryAfterQuery_UntilOneIsWrong()
    {
        await using var site = new QuerySite(Commands);
        using var socket = await site.ConnectAsync();

        // Two in one piece, and one in two.
        await socket.SendAsync("@echo one\0@echo two\0@ec"u8.ToArray());
        Assert.Equal("one\0two\0", await QuerySite.ReadAsync(socket, "two\0"));
        await socket.SendAsync("ho three\0"u8.ToArray());
        Assert.Equal("three\0", await QuerySite.ReadAsync(socket, "three\0"));
        await QuerySite.SendAsync(socket, "@command nonsense");
        Assert.Equal("404: Not found\0", await QuerySite.ReadAsync(socket, until: null));
    }

    [Fact]
    public async Task QueryThatIsTooLong_IsRefused()
    {
        await using var site = new QuerySite();
        using var socket = await site.ConnectAsync();
        await socket.SendAsync(new byte[QueryRequest.Longest].Select(_ => (byte)'x').ToArray());
        Assert.Equal("413: Request too large\0", await QuerySite.ReadAsync(socket, until: null));
    }

    [Fact]
    public async Task HandlerThatFails_IsNoEndOfTheOthers()
    {
        await using var site = new QuerySite(new CommandHandler((_, _) => throw new InvalidOperationException("odd")));
        Assert.Equal("500: Internal server error\0", await site.AskAsync("#command run [1] X"));
        Assert.Equal("still there", await site.AskAsync("#echo still there"));
    }

    [Fact]
    public async Task TooManyClients_AreTold()
    {
        await using var site = new QuerySite();
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < QueryListener.MaxConnections; i++)
            {
                sockets.Add(await site.ConnectAsync());
                await QuerySite.SendAsync(sockets[^1], "@echo x");
                await QuerySite.ReadAsync(sockets[^1], "x");
            }

            using var oneMore = await site.ConnectAsync();
            Assert.Equal("503: Service unavailable\0", await QuerySite.ReadAsync(oneMore, until: null));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    [Trait("Variable", "query_socket")]
    public async Task AnotherQuerySocket_TakesThePlaceOfTheFirst()
    {
        await using var site = new QuerySite();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(site.Usual));
        site.Follow(site.Other);
        Assert.False(File.Exists(site.Usual));
        using var socket = await site.ConnectAsync(site.Other);
        await QuerySite.SendAsync(socket, "#echo moved");
        Assert.Equal("moved", await QuerySite.ReadAsync(socket, until: null));
    }

    [Fact]
    public async Task FileThatIsNoSocket_IsLeftAlone()
    {
        await using var site = new QuerySite();
        await File.WriteAllTextAsync(site.Other, "of somebody");
        site.Follow(site.Other);
        Assert.Equal("of somebody", await File.ReadAllTextAsync(site.Other));
    }

    [Fact]
    public async Task Core_TellsWhatRunsAndWaits()
    {
        var status = new RunnerStatus(
            new LaneStatus(10, 3, 1, TimeSpan.Zero), new LaneStatus(20, 4, 2, TimeSpan.Zero), default, default, 0, 0, 0, 0);
        var engine = new MonitoringEngine(TextSite.Of("", "define host {\n host_name a\n check_command x\n max_check_attempts 1\n}\n"
            + "define command {\n command_name x\n command_line /bin/true\n}\n"));
        var clock = new TestClock();
        await using var site = new QuerySite(new CoreHandler(_ => Task.FromResult(engine.Snapshot(clock.Now)), () => status));
        Assert.Equal(
            "jobs_max=30;jobs_running=7;jobs_waiting=3;hosts_max=10;services_max=20;\n\0", await site.AskAsync("#core loadctl"));
        Assert.Equal("RUNNING=0;OWNED=0;SQUEUE_ENTRIES=0\n\0", await site.AskAsync("#core squeuestats"));
        Assert.StartsWith("400: ", await site.AskAsync("#core loadctl jobs_max=1"), StringComparison.Ordinal);
        Assert.Equal("404: Not found\0", await site.AskAsync("#core nonsense"));
    }

    [Fact]
    public async Task Subscriber_IsToldOfResults_UntilItGoes()
    {
        var configuration = TextSite.Of(
            "log_passive_checks=0\n",
            """
            define command {
              command_name x
              command_line /bin/true
            }
            define host {
              host_name a
              check_command x
              max_check_attempts 1
            }
            define service {
              host_name a
              service_description S
              check_command x
              max_check_attempts 1
            }
            """);
        var engine = new MonitoringEngine(configuration);
        var clock = new TestClock();
        var transition = new Transition();
        engine.Gain(clock.Now, configuration.All(), TimeSpan.Zero, transition);
        var gate = new Lock();
        EngineSnapshot Take()
        {
            lock (gate)
            {
                return engine.Snapshot(clock.Now);
            }
        }

        await using var log = new QuerySite();
        await using var radio = new ResultRadio(_ => Task.FromResult(Take()), log.Log, TimeProvider.System);
        await using var site = new QuerySite(new NerdHandler(radio));
        Assert.Equal("hostchecks      Host check results\nservicechecks   Service check results\n\0", await site.AskAsync("#nerd list"));
        Assert.Equal("400: Bad request\0", await site.AskAsync("@nerd subscribe nothing"));
        using var hosts = await site.ConnectAsync();
        using var services = await site.ConnectAsync();
        await QuerySite.SendAsync(hosts, "@nerd subscribe hostchecks");
        await QuerySite.SendAsync(services, "@nerd subscribe servicechecks:format");
        var telling = Task.WhenAll(QuerySite.ReadAsync(hosts, "\n"), QuerySite.ReadAsync(services, "\n"));
        for (var result = 0; !telling.IsCompleted; result++)
        {
            lock (gate)
            {
                clock.Move(TimeSpan.FromSeconds(1));
                Give(engine, clock, transition, "PROCESS_HOST_CHECK_RESULT;a;1;no answer");
                Give(engine, clock, transition, "PROCESS_SERVICE_CHECK_RESULT;a;S;2;refused|x=1");
            }

            await Task.WhenAny(telling, Task.Delay(50));
            Assert.InRange(result, 0, 1000);
        }

        var told = await telling;
        Assert.Matches(@"^a from [01] -> 1: no answer\n", told[0]);
        Assert.Matches(@"^a;S from [02] -> 2: refused\n", told[1]);
    }

    private static void Give(MonitoringEngine engine, TestClock clock, Transition transition, string command)
    {
        Assert.Null(engine.Command(
            clock.Now, Encoding.UTF8.GetBytes($"[{clock.Now.Wall.ToUnixTimeSeconds()}] {command}"), transition));
        engine.Advance(clock.Now, transition);
        transition.Clear();
    }
}
