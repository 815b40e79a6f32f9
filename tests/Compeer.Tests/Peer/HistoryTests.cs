using System.Text;
using Compeer.Engine.Events;

namespace Compeer.Tests.Peer;

/// <summary>What happens at one of two peers is in both logs, once.</summary>
public sealed class HistoryTests
{
    private const string Objects = """
        define timeperiod {
          timeperiod_name always
          monday 00:00-24:00
          tuesday 00:00-24:00
          wednesday 00:00-24:00
          thursday 00:00-24:00
          friday 00:00-24:00
          saturday 00:00-24:00
          sunday 00:00-24:00
        }
        define command {
          command_name probe
          command_line /bin/probe
        }
        define contact {
          contact_name anna
          host_notification_options d,u,r
          service_notification_options w,u,c,r
          host_notification_commands probe
          service_notification_commands probe
          host_notification_period always
          service_notification_period always
        }

        """;

    private readonly PeerPair _pair = new(Objects + string.Concat(Enumerable.Range(0, 4).Select(number => $$"""
        define host {
          host_name h{{number}}
          check_command probe
          check_interval 5
          retry_interval 1
          max_check_attempts 2
          contacts anna
          notification_period always
          notification_interval 0
        }

        """)));

    [Fact]
    public void Alert_AndWhatItBrings_AreInBothLogsOnce()
    {
        Run(10);
        foreach (var host in (string[])["h0", "h1", "h2", "h3"])
        {
            _pair.Codes[host] = 2;
        }

        Run(20);
        Assert.Equal([0, 1], Enumerable.Range(0, 4).Select(number => _pair.OwnerOf($"h{number}")).Distinct().Order());
        foreach (var host in (string[])["h0", "h1", "h2", "h3"])
        {
            Assert.All([0, 1], peer => Assert.Equal(1, Count(peer, $"HOST ALERT: {host};DOWN;HARD;2;")));
            Assert.All([0, 1], peer => Assert.Equal(1, Count(peer, $"HOST NOTIFICATION: anna;{host};DOWN;")));
        }

        Assert.All([0, 1], peer => Assert.Equal(0, Count(peer, "was told twice")));
    }

    [Fact]
    public void Command_GivenAtOnePeer_IsInBothLogsOnce()
    {
        Run(10);
        _pair.Command(1, "ADD_HOST_COMMENT;h0;1;anna;seen");
        Run(3);

        Assert.All([0, 1], peer => Assert.Equal(1, Count(peer, "EXTERNAL COMMAND: ADD_HOST_COMMENT;h0;1;anna;seen")));
    }

    /// <summary>Of results from outside there can be many thousands a second; what they lead to is in all logs.</summary>
    [Fact]
    public void PassiveResult_GivenAtOnePeer_IsInBothLogsOnlyByItsAlert()
    {
        Run(10);
        _pair.Command(1, "PROCESS_HOST_CHECK_RESULT;h0;1;off");
        Run(3);

        Assert.All([0, 1], peer => Assert.Equal(1, Count(peer, "HOST ALERT: h0;DOWN;")));
        Assert.Equal(1, Count(0, "PASSIVE HOST CHECK: h0;1;off") + Count(1, "PASSIVE HOST CHECK: h0;1;off"));
        Assert.Equal(1, Count(0, "EXTERNAL COMMAND: PROCESS_HOST_CHECK_RESULT;h0;1;off")
            + Count(1, "EXTERNAL COMMAND: PROCESS_HOST_CHECK_RESULT;h0;1;off"));
    }

    /// <summary>Both halves of a split find the host down and tell of it; afterwards both logs have both and say what was
    /// doubled.</summary>
    [Fact]
    public void Split_InWhichBothTell_IsSaidWhenItHeals()
    {
        Run(10);
        _pair.Cut();
        Run(10);
        _pair.Codes["h0"] = 2;
        Run(20);
        Assert.All([0, 1], peer => Assert.Equal(1, Count(peer, "HOST NOTIFICATION: anna;h0;DOWN;")));
        _pair.Join();
        Run(10);

        Assert.All([0, 1], peer => Assert.Equal(2, Count(peer, "HOST ALERT: h0;DOWN;HARD;2;")));
        Assert.All([0, 1], peer => Assert.Equal(2, Count(peer, "HOST NOTIFICATION: anna;h0;DOWN;")));
        Assert.All([0, 1], peer => Assert.Equal(1, Count(peer, "anna was told twice about h0 (DOWN): by this node at [")));
    }

    [Fact]
    public void Entry_ThatIsCutOrHasSeveralLines_IsNone()
    {
        HistoryEntry entry = new(
            EventKind.Alert,
            new LogEntry(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "HOST ALERT: h"u8.ToArray()),
            new byte[50]);
        var bytes = HistoryEntryCodec.Encode(entry, 1_000);
        var read = HistoryEntryCodec.Decode(bytes)!.Value;
        Assert.Equal((EventKind.Alert, entry.Line.At, 50), (read.Kind, read.Line.At, read.Event.Length));
        Assert.Equal("HOST ALERT: h", Encoding.UTF8.GetString(read.Line.Text.Span));
        Assert.True(HistoryEntryCodec.Decode(HistoryEntryCodec.Encode(entry, 40))!.Value.Event.IsEmpty);

        Assert.Null(HistoryEntryCodec.Decode(bytes.AsSpan(0, bytes.Length - 3)));
        var two = entry with { Line = entry.Line with { Text = "a\nb"u8.ToArray() } };
        Assert.Null(HistoryEntryCodec.Decode(HistoryEntryCodec.Encode(two, 1_000)));
    }

    private void Run(int seconds) => _pair.Run(TimeSpan.FromSeconds(seconds));

    private int Count(int peer, string part) => _pair.LogOf(peer).Count(line => line.Contains(part, StringComparison.Ordinal));
}
