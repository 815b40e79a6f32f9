using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Compeer.EndToEnd.Harness;
using Xunit.Abstractions;

namespace Compeer.EndToEnd.Storage;

/// <summary>
/// Nodes that are killed at random moments while commands come in: each that was answered is there afterwards, at every peer, and in its
/// log once; what was told is not told again. <c>COMPEER_KILLS</c> says how often, 5 times unless it does.
/// </summary>
public sealed class CommandDurabilityTests(ITestOutputHelper output) : ClusterTest
{
    private static readonly int Kills =
        int.Parse(Environment.GetEnvironmentVariable("COMPEER_KILLS") ?? "5", CultureInfo.InvariantCulture);

    private readonly Random _random = new(20_261);

    private string Told => Folder.File("told");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task KilledUnderLoad_WhatWasAnsweredIsThereAndNothingIsToldTwice(int peers)
    {
        List<MonitorNode> nodes;
        if (peers == 1)
        {
            nodes = [Single(Site())];
            await nodes[0].StartAsync();
        }
        else
        {
            nodes = [.. (await StartClusterAsync(Site(), peers)).Nodes];
        }

        var answered = new ConcurrentBag<string>();
        for (var round = 0; round < Kills; round++)
        {
            await HaveToldAsync(nodes, round);
            using var stop = new CancellationTokenSource();
            var load = nodes.Select((node, place) => Task.Run(() => Load(node, $"{round}-{place}", answered, stop.Token))).ToArray();
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1200, 2500)), CancellationToken.None);
            var killed = nodes[_random.Next(nodes.Count)];
            var pid = killed.Pid;
            killed.Kill();
            await killed.WaitForEndAsync(pid);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await killed.StartAsync();
        }

        Assert.True(answered.Count > 10 * Kills, $"{answered.Count} commands were answered");
        foreach (var node in nodes)
        {
            await Eventually.HoldsAsync(
                "after all", $"{node.Name} has what was answered", Limits.Agreement,
                () => Missing(node, answered) is { Length: > 0 } missing ? $"{missing.Length} are missing, {missing[0]} first" : null,
                nodes);
        }

        for (var place = 0; place < nodes.Count; place++)
        {
            var (node, own) = (nodes[place], place);
            await Eventually.HoldsAsync(
                "after all", $"the log of {node.Name} has each command once", Limits.Agreement,
                () => WronglyLogged(node, own, answered),
                nodes);
        }

        var told = File.ReadAllLines(Told);
        Assert.True(
            told.SequenceEqual(Enumerable.Range(0, Kills).Select(round => $"n{round}")),
            $"told: {string.Join(' ', told)}\n{string.Join('\n', nodes.Select(AboutTelling))}");
        output.WriteLine($"{peers} peers: {Kills} kills; {answered.Count} commands were answered, and all of them are there");
    }

    private SiteConfiguration Site()
    {
        var site = TracedSite(hosts: 1, services: 2, interval: 1)
            .Command("tell", $"/bin/sh -c 'echo \"$SERVICEDESC$\" >> {Told}'")
            .Command("ok", "/bin/true")
            .Text("define contact {\n contact_name eve\n host_notification_commands tell\n service_notification_commands tell\n"
                + " host_notification_options n\n service_notification_options w,u,c\n minimum_value 0\n}\n");
        for (var round = 0; round < Kills; round++)
        {
            site.Names.Add(ObjectName.Of("h01", $"n{round}"));
            site.Text($"define service {{\n host_name h01\n service_description n{round}\n check_command ok\n active_checks_enabled 0\n"
                + " max_check_attempts 1\n notification_interval 0\n contacts eve\n}\n");
        }

        return site;
    }

    /// <summary>A problem of this round is told of, and all know that.</summary>
    private async Task HaveToldAsync(List<MonitorNode> nodes, int round)
    {
        using (var socket = Connect(nodes[0]))
        {
            Ask(socket, $"COMMAND [1] PROCESS_SERVICE_CHECK_RESULT;h01;n{round};2;broken");
        }

        foreach (var node in nodes)
        {
            await Eventually.HoldsAsync(
                $"round {round}", $"{node.Name} knows that the problem was told of", Limits.Agreement,
                async () => (await node.ObjectsAsync()).Single(pair => pair.Key.EndsWith($"n{round}", StringComparison.Ordinal)).Value
                    .Notification is { Number: 1, Pending: 0 } ? null : "not yet",
                nodes);
        }
    }

    private static void Load(MonitorNode node, string prefix, ConcurrentBag<string> answered, CancellationToken stop)
    {
        try
        {
            using var socket = Connect(node);
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var word = $"{prefix}-{number}";
                if (!Ask(socket, $"COMMAND [1] ADD_HOST_COMMENT;h01;1;load;{word}"))
                {
                    return;
                }

                answered.Add(word);
            }
        }
        catch (SocketException)
        {
            // Its node was killed.
        }
    }

    /// <summary>Gives a command and waits until the query behind it is answered, which happens when the command is stored.</summary>
    private static bool Ask(Socket socket, string command)
    {
        const string Query = "GET status\nColumns: num_hosts\nKeepAlive: on\nResponseHeader: fixed16\n\n";
        socket.Send(Encoding.UTF8.GetBytes($"{command}\n\n{Query}"));
        return Read(socket, "200           2\n1\n".Length) == "200           2\n1\n";
    }

    private static string[] Missing(MonitorNode node, IEnumerable<string> answered)
    {
        using var socket = Connect(node);
        socket.Send("GET comments\nColumns: comment\n"u8);
        socket.Shutdown(SocketShutdown.Send);
        return [.. answered.Except(Read(socket, int.MaxValue).Split('\n')).Order(StringComparer.Ordinal)];
    }

    /// <summary>What a node's log has but for the load.</summary>
    private static string AboutTelling(MonitorNode node) => $"{node.Name}:\n" + string.Join(
        '\n', node.Log.Split('\n').Where(line => !line.Contains("EXTERNAL COMMAND: ADD_HOST_COMMENT", StringComparison.Ordinal)));

    /// <summary>The commands of others are in a node's log, each once; its own too, but for those of the moment before it was
    /// killed.</summary>
    private static string? WronglyLogged(MonitorNode node, int place, IEnumerable<string> answered)
    {
        const string Line = "EXTERNAL COMMAND: ADD_HOST_COMMENT;h01;1;load;";
        var logged = node.LogTexts.Where(text => text.StartsWith(Line, StringComparison.Ordinal))
            .CountBy(text => text[Line.Length..]).ToArray();
        var twice = logged.Where(word => word.Value > 1).Select(word => word.Key).ToArray();
        var missing = answered.Where(word => !word.Contains($"-{place}-", StringComparison.Ordinal))
            .Except(logged.Select(word => word.Key)).ToArray();
        return twice.Length > 0 ? $"{twice.Length} are there twice, {twice[0]} first"
            : missing.Length > 0 ? $"{missing.Length} are missing, {missing[0]} first" : null;
    }

    private static Socket Connect(MonitorNode node)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        socket.Connect(new UnixDomainSocketEndPoint(node.Paths.LivestatusSocket));
        return socket;
    }

    private static string Read(Socket socket, int most)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while (answer.Length < most && (count = socket.Receive(buffer.AsSpan(0, (int)Math.Min(buffer.Length, most - answer.Length)))) > 0)
        {
            answer.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
