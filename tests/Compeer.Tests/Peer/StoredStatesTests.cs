using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>What a start with many stored states takes beside the states.</summary>
public sealed class StoredStatesTests
{
    private const int Services = 20_000;

    [Fact]
    public void Load_ManyStates_IsCarriedOnInParts()
    {
        var peer = new MonitoringPeer(
            Configuration(),
            new ClusterOptions { Self = new NodeId(1), Incarnation = 1_000, SoftwareVersion = "test", KeepsValues = true });
        var stored = Stored();
        var now = new Instant(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch.AddDays(20_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        peer.Load(now, stored);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Services;

        Assert.All(Enumerable.Range(1, Services), index => Assert.Equal(index, peer.StateOf(new CheckableId(index)).LastCheckTicks));

        // A state, the bytes it is read from and what it is read into; a list of all that happened would be as much again.
        Assert.InRange(each, 0, 900);
    }

    /// <summary>However many decode them, and in whatever order: each object gets its own, also beyond what is decoded at once.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Load_WithWorkers_EveryObjectGetsItsState(int count)
    {
        var threads = 0;
        var workers = new Workers(count, (steps, step) =>
        {
            Interlocked.Increment(ref threads);
            Parallel.For(0, steps, next => step(steps - 1 - next));
        });
        var peer = new MonitoringPeer(
            Configuration(),
            new ClusterOptions { Self = new NodeId(1), Incarnation = 1_000, SoftwareVersion = "test", KeepsValues = true });

        peer.Load(new Instant(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch.AddDays(20_000)), Stored(), workers);

        Assert.All(Enumerable.Range(1, Services), index => Assert.Equal(index, peer.StateOf(new CheckableId(index)).LastCheckTicks));
        Assert.InRange(threads, 2, int.MaxValue);
    }

    /// <summary>A state that cannot be read is refused and counted, whoever decodes it.</summary>
    [Fact]
    public void Load_WithWorkers_RefusesWhatCannotBeRead()
    {
        var peer = new MonitoringPeer(
            Configuration(),
            new ClusterOptions { Self = new NodeId(1), Incarnation = 1_000, SoftwareVersion = "test", KeepsValues = true });
        var stored = Stored();
        Update[] values = [.. stored.Values];
        values[5_000] = values[5_000] with { Payload = new byte[] { 0xFF } };

        peer.Load(
            new Instant(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch.AddDays(20_000)),
            stored with { Values = values },
            new Workers(2, (steps, step) => Parallel.For(0, steps, step)));

        Assert.Equal(0, peer.StateOf(new CheckableId(5_001)).LastCheckTicks);
        Assert.Equal(5_002, peer.StateOf(new CheckableId(5_002)).LastCheckTicks);
        Assert.Equal(1, peer.Refused[RefusalReason.StateUnreadable]);
    }

    private static StoredValues Stored() => new(
        [.. Enumerable.Range(1, Services).Select(number => new Update(
            new NodeId(1),
            number,
            (ulong)number,
            RegisterKind.CheckState,
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"h\ns{number:00000}")),
            CheckStateCodec.Encode(CheckState.Pending(0) with { HasBeenChecked = true, LastCheckTicks = number })))],
        []);

    private static PeerConfiguration Configuration()
    {
        var main = MainConfigurationReader.Read(new SourceFile("/t/naemon.cfg", "cfg_file=/t/o.cfg\n"u8.ToArray()), []).Configuration!;
        var text = new StringBuilder("""
            define command {
              command_name probe
              command_line /bin/true
            }
            define host {
              host_name h
              check_command probe
              max_check_attempts 3
            }

            """);
        for (var number = 1; number <= Services; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"define service {{\nhost_name h\nservice_description s{number:00000}\n");
            text.Append("check_command probe\nmax_check_attempts 3\n}\n");
        }

        var file = new SourceFile("/t/o.cfg", Encoding.UTF8.GetBytes(text.ToString()));
        var objects = ObjectConfigurationCompiler.Compile(main, [file], []).Configuration!;
        return new PeerConfiguration(main, objects, ZoneRules.Utc, new ConfigurationVersion(1, "v"));
    }
}
