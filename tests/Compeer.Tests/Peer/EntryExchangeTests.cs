using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>Words about a downtime, that it began and that it was cancelled, in whichever order they come with the downtime: what is kept
/// of them comes in the order of keys, and from several nodes.</summary>
public sealed class EntryExchangeTests
{
    private static readonly DateTimeOffset Wall = PeerHarness.Start;
    private static readonly Instant Now = new(TimeSpan.FromSeconds(100), Wall);
    private readonly PeerConfiguration _configuration = PeerHarness.Configuration(hosts: 1, version: 1);
    private readonly MonitoringEngine _engine;
    private readonly Transition _transition = new();
    private readonly EntryExchange _exchange;

    public EntryExchangeTests()
    {
        _engine = new MonitoringEngine(_configuration.ForEngine);
        var options = new ClusterOptions { Self = PeerHarness.Self, Incarnation = 1, SoftwareVersion = "test" };
        var cluster = new ClusterMachine(options, _configuration.ForCluster, new NoRegisters());
        _exchange = new EntryExchange(_engine, cluster, _transition, new ClusterEffects());
    }

    private CheckableId Host => CheckableId.Of(_configuration.Objects.FindHost("h0")!.Id);

    public enum Word
    {
        Downtime,
        Start,
        End,
    }

    [Theory]
    [InlineData(Word.Downtime, Word.Start)]
    [InlineData(Word.Start, Word.Downtime)]
    public void Start_BeforeOrAfterItsDowntime_CountsAndIsNotSaidAgain(params Word[] words)
    {
        Take(words);
        Assert.Equal(1, _engine.DowntimeDepth(Host));
        var downtime = Assert.Single(_engine.Snapshot(Now.ForEngine).Downtimes.Values);
        Assert.Equal((DowntimePhase.InEffect, Wall.UtcTicks + 7), (downtime.Phase, downtime.StartedTicks));

        // Its next owner does not tell people again.
        _transition.Clear();
        _engine.Gain(Now.ForEngine, [Host], TimeSpan.Zero, _transition);
        _engine.Advance(Now.ForEngine, _transition);
        Assert.DoesNotContain(_transition.Events, happened => happened.Kind == EventKind.DowntimeStarted);
    }

    [Theory]
    [InlineData(Word.Downtime, Word.Start, Word.End)]
    [InlineData(Word.Start, Word.Downtime, Word.End)]
    [InlineData(Word.Start, Word.End, Word.Downtime)]
    [InlineData(Word.End, Word.Start, Word.Downtime)]
    [InlineData(Word.End, Word.Downtime, Word.Start)]
    [InlineData(Word.Downtime, Word.End, Word.Start)]
    public void End_BeforeOrAfterItsDowntime_ItCountsNoMoreAndTheNextOwnerSaysSoOnce(params Word[] words)
    {
        Take(words);
        Assert.Equal(0, _engine.DowntimeDepth(Host));
        Assert.Empty(_engine.Snapshot(Now.ForEngine).Downtimes);
        _transition.Clear();
        _engine.Gain(Now.ForEngine, [Host], TimeSpan.Zero, _transition);
        Assert.Single(_transition.Events, happened => happened.Kind == EventKind.DowntimeCancelled);
        Assert.Equal(3, _transition.Entries.Count(change => change is EntryChange.OfDowntime { Value: null }
            or EntryChange.OfDowntimeStart { StartedTicks: null } or EntryChange.OfDowntimeEnd { CancelledTicks: null }));
    }

    private void Take(Word[] words)
    {
        var downtime = new Downtime
        {
            Id = new EntryId(3, 9),
            Object = new ObjectName("h0", null),
            EntryTicks = Wall.UtcTicks,
            Author = "ada",
            Text = "work",
            StartTicks = Wall.UtcTicks - TimeSpan.TicksPerMinute,
            EndTicks = Wall.UtcTicks + TimeSpan.TicksPerHour,
            IsFixed = true,
            DurationTicks = 0,
        };
        var other = new EntryRegisters();
        foreach (var word in words)
        {
            (var key, var payload) = other.Remember(word switch
            {
                Word.Downtime => new EntryChange.OfDowntime(downtime.Id, downtime),
                Word.Start => new EntryChange.OfDowntimeStart(downtime.Id, Wall.UtcTicks + 7),
                _ => new EntryChange.OfDowntimeEnd(downtime.Id, Wall.UtcTicks + 9),
            });
            Assert.True(_exchange.Take(Now, new ClusterEffect.Changed(key, payload!.Value, IsRemoval: false)));
        }
    }

    private sealed class NoRegisters : IRegisterSource
    {
        public ReadOnlyMemory<byte> Read(RegisterId id) => default;

        public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) => default;
    }
}
