using Compeer.Cluster.Links;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Links;

/// <summary>What time a neighbour has, by its pulses and by how long they take.</summary>
public sealed class NeighbourClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly NeighbourClock _clock = new();
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    private ClusterTime Now => new(_now, Start + _now);

    /// <summary>Half of the way there and back is added.</summary>
    [Fact]
    public void Read_OverASlowLink_AddsHalfOfTheRoundTrip()
    {
        Pulse(TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(300), ahead: TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), _clock.Difference(Now));
    }

    /// <summary>Pulses that lay in the socket while this node stood still say nothing of the clock, and no more of the distance.</summary>
    [Fact]
    public void Read_AfterThisNodeStoodStill_KeepsTheDifference()
    {
        for (var i = 0; i < 20; i++)
        {
            _now += Second;
            Pulse(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(1), ahead: TimeSpan.Zero);
        }

        // The echo came at once and was read four and a half seconds later; then it connects anew.
        _now += TimeSpan.FromSeconds(4.5);
        Pulse(TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(4.5), ahead: TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _clock.Ahead(Now));
        Assert.Equal(TimeSpan.FromSeconds(4.5), _clock.RoundTrip);
        _clock.Read(Now, Now.Wall.ToUnixTimeMilliseconds());
        Assert.Equal(TimeSpan.Zero, _clock.Ahead(Now));
    }

    /// <summary>A clock that is set is seen with the next pulse, and a way that is longer for good with the eighth.</summary>
    [Fact]
    public void Read_OverAWayThatBecameLonger_FollowsWhenThatLasts()
    {
        Pulse(TimeSpan.Zero, TimeSpan.Zero, ahead: TimeSpan.Zero);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(TimeSpan.Zero, _clock.Ahead(Now));
            _now += Second;
            Pulse(3 * Second, 1.5 * Second, ahead: TimeSpan.FromHours(1));
        }

        Assert.Equal(TimeSpan.FromHours(1), _clock.Ahead(Now));
        _now += Second;
        Pulse(3 * Second, 1.5 * Second, ahead: TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.FromHours(2), _clock.Ahead(Now));
    }

    /// <summary>A pulse whose echo took so long, and which itself was sent so long ago.</summary>
    private void Pulse(TimeSpan roundTrip, TimeSpan age, TimeSpan ahead)
    {
        _clock.Echo(_now, (_now - roundTrip).Ticks, heldTicks: 0);
        _clock.Read(Now, (Now.Wall - age + ahead).ToUnixTimeMilliseconds());
    }
}
