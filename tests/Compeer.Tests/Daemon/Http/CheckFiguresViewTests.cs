using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Daemon.Http;
using Compeer.Daemon.Nodes;
using Compeer.Engine.Model;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Daemon.Http;

/// <summary>Sums over the last check of every object, and what is due for too long.</summary>
public sealed class CheckFiguresViewTests
{
    private static readonly DateTimeOffset Wall = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly NodeId Self = new(1);

    [Fact]
    public void Make_LastChecks_GivesLeastAverageAndMost()
    {
        var figures = Make(
            age: null,
            State(0, latency: 1, execution: 2),
            State(0, latency: 2, execution: 9),
            State(0, latency: 6, execution: 1));

        Assert.Equal((1, 0, 1.0, 1.0, 1.0), (figures.Hosts.Scheduled, figures.Hosts.Overdue,
            figures.Hosts.Latency.Minimum, figures.Hosts.Latency.Average, figures.Hosts.Latency.Maximum));
        Assert.Equal(new(2, 4, 6), figures.Services.Latency);
        Assert.Equal(new(1, 5, 9), figures.Services.Execution);
        Assert.Empty(figures.Overdue);
    }

    [Fact]
    public void Make_NeverCheckedOrNotScheduled_CountsForNothing()
    {
        var never = State(0, 5, 5) with { HasBeenChecked = false };
        var figures = Make(age: null, State(0, 1, 1) with { NextCheckTicks = 0 }, never, State(0, 2, 3));

        Assert.Equal((0, 2), (figures.Hosts.Scheduled, figures.Services.Scheduled));
        Assert.Equal(new(0, 0, 0), figures.Hosts.Latency);
        Assert.Equal(new(2, 2, 2), figures.Services.Latency);
    }

    [Fact]
    public void Make_DueForTooLong_IsNamedWithItsOwner()
    {
        var late = Make(TimeSpan.FromSeconds(600), State(599, 0, 0), State(601, 0, 0), State(700, 0, 0));

        Assert.Equal((0, 2), (late.Hosts.Overdue, late.Services.Overdue));
        Assert.Equal(
            [new("web1", "HTTP", "ipc", Wall.AddSeconds(-601)), new("web1", "PING", "", Wall.AddSeconds(-700))],
            late.Overdue.AsEnumerable());
    }

    [Fact]
    public void Make_NoAge_IsWhenTheResultShouldBeThere()
    {
        // A check of this site may take 60 s; 15 more are granted.
        var figures = Make(age: null, State(76, 0, 0), State(74, 0, 0), State(76, 0, 0));

        Assert.Equal((1, 1), (figures.Hosts.Overdue, figures.Services.Overdue));
        Assert.Equal([null, "PING"], figures.Overdue.Select(check => check.Service));
    }

    private static Compeer.Api.CheckFigures Make(TimeSpan? age, CheckState host, CheckState http, CheckState ping)
    {
        var now = new EngineTime(TimeSpan.FromSeconds(1), Wall);
        var engine = new TestSite().Host("web1").Service("web1", "HTTP").Service("web1", "PING").Build();
        engine.Store(new CheckableId(0), host, TimeSpan.Zero);
        engine.Store(new CheckableId(1), http, TimeSpan.Zero);
        engine.Store(new CheckableId(2), ping, TimeSpan.Zero);
        return CheckFiguresView.Make(age, NodeSet.Alone, engine.Snapshot(now), Cluster(), Compeer.Api.CheckFigures.MaxOverdue);
    }

    private static CheckState State(int dueFor, double latency, double execution) => CheckState.Pending(0) with
    {
        HasBeenChecked = true,
        NextCheckTicks = Wall.AddSeconds(-dueFor).UtcTicks,
        LatencyTicks = TimeSpan.FromSeconds(latency).Ticks,
        ExecutionTicks = TimeSpan.FromSeconds(execution).Ticks,
    };

    private static ClusterSnapshot Cluster() => new()
    {
        Self = Self,
        Incarnation = 1,
        SelfState = ClusterSelfState.Active,
        HandedOver = false,
        Version = ConfigurationVersion.Unnumbered("a"),
        Nodes = [],
        Members = [Self],
        Owning = [Self],
        Groups = [],
        Owners = [0, 0, -1],
        InForce = null,
        Unchecked = UncheckedObjects.None,
        ConfigurationNotice = "",
        Held = 0,
        Fingerprint = 1,
        UnknownKeys = 0,
        Applied = 0,
    };
}
