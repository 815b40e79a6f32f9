using Compeer.Engine;
using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Macros;

/// <summary>Ids of events and problems, as one run of problems and recoveries makes them.</summary>
public sealed class EventMacroTests : EngineHarness
{
    private const string Host = "$HOSTEVENTID$ $LASTHOSTEVENTID$ $HOSTPROBLEMID$ $LASTHOSTPROBLEMID$ $HOSTPROBLEMSTART$ $HOSTPROBLEMEND$ "
        + "$HOSTPROBLEMDURATIONSEC$ $HOSTPROBLEMDURATION$ $HOSTNOTIFICATIONID$";

    [Fact]
    public void Host_ProblemsComeAndGo_IdsAreThoseOfNaemon()
    {
        var checking = TestSite.DefaultChecking with { MaxCheckAttempts = 2 };
        var site = new TestSite().Host("web1", checking, Host);
        site.Build();
        var engine = Owning(site, site.Id("web1"));

        // Not a problem yet: no ids, and no times.
        Assert.Equal("0 0   0 0 0 0d 0h 0m 0s ", Next(engine, 0));
        Assert.Equal("0 0   0 0 0 0d 0h 0m 0s ", Next(engine, 2));

        // A soft problem has an id already; its becoming hard is another event of the same problem.
        var start = Clock.Now.Wall.ToUnixTimeSeconds();
        var first = Next(engine, 2).Split(' ');
        Assert.True(Guid.TryParseExact(first[2], "D", out _));
        Assert.Equal(["1", "0", first[2], "", $"{start}", "0", "60", "0d", "0h", "1m", "0s", ""], first);
        var hard = Next(engine, 0).Split(' ');
        Assert.Equal(["2", "1", first[2], "", $"{start}"], hard[..5]);

        // The recovery ends it; its id is the last one's from now on.
        var end = Clock.Now.Wall.ToUnixTimeSeconds();
        var recovered = Next(engine, 2).Split(' ');
        Assert.Equal(["3", "2", "", first[2], $"{start}", $"{end}", $"{end - start}"], recovered[..7]);

        // The next problem has another id, and remembers that of the last.
        var second = Next(engine, 2).Split(' ');
        Assert.Equal(["4", "3"], second[..2]);
        Assert.NotEqual(first[2], second[2]);
        Assert.Equal([first[2], $"{Clock.Now.Wall.ToUnixTimeSeconds() - 60}", "0"], second[3..6]);
    }

    /// <summary>Only changes of state are events of a service: that a problem becomes hard is none.</summary>
    [Fact]
    public void Service_BecomesHard_IsNoEventOfItsOwn()
    {
        var site = new TestSite().Host("web1")
            .Service("web1", "HTTP", TestSite.DefaultChecking with { MaxCheckAttempts = 2 }, "$SERVICEEVENTID$ $SERVICEPROBLEMID$");
        site.Build();
        var engine = Owning(site, site.Id("web1", "HTTP"));
        Assert.Equal("0 ", Next(engine, 1));
        var soft = Next(engine, 1);
        Assert.StartsWith("1 ", soft, StringComparison.Ordinal);
        Assert.Equal(soft, Next(engine, 2));
        Assert.Equal("2" + soft[1..], Next(engine, 2));
    }

    [Fact]
    public void ProblemId_SameProblemAtAnotherPeer_IsTheSame()
    {
        var site = new TestSite().Host("web1", command: "$HOSTPROBLEMID$ $LASTHOSTEVENTID$ $HOSTEVENTID$");
        site.Build();
        var engine = Owning(site, site.Id("web1"));
        Next(engine, 2);
        var here = Next(engine, 2);
        var state = CheckStateCodec.Decode(CheckStateCodec.Encode(engine[site.Id("web1")])).State!;
        var other = site.Build();
        other.Store(site.Id("web1"), state, TimeSpan.Zero);
        other.Gain(Clock.Now, [site.Id("web1")], TimeSpan.Zero, Output);
        Assert.Equal(here[..36], Next(other, 0)[..36]);

        // Ids go on from the highest that was heard of.
        Assert.Equal(state.History.EventId + 1, other[site.Id("web1")].History.EventId);
    }

    /// <summary>The command line of the next check, which then ends with this code.</summary>
    private string Next(MonitoringEngine engine, int code)
    {
        var check = StartNext(engine);
        Finish(engine, check, code);
        return check.CommandLine.Text();
    }
}
