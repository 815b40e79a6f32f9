using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Maintenance;

/// <summary>Downtimes that are cancelled at a node which does not own their objects: one that another owns, or nobody.</summary>
public sealed class DowntimeCancellationTests : EntryHarness
{
    private const string Cancelled = "HOST DOWNTIME ALERT: web1;CANCELLED; Scheduled downtime for host has been cancelled.";

    [Theory]
    [InlineData("DEL_HOST_DOWNTIME;1")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME;web1")]
    public void Cancel_WhileNobodyOwns_CountsAtOnceAndIsSaidOnceByTheNextOwner(string command)
    {
        Begin();
        Lose();
        Assert.Null(Give(command));
        Assert.Empty(Downtimes());
        Assert.Empty(Comments());
        Assert.Equal(0, Engine.DowntimeDepth(Web1));
        Assert.Empty(Alerts());
        Assert.Equal([typeof(EntryChange.OfDowntimeEnd), typeof(EntryChange.OfComment)], Output.Entries.Select(entry => entry.GetType()));
        Assert.Equal("there is no downtime 1 of a host", Give("DEL_HOST_DOWNTIME;1"));

        Gain();
        Assert.Equal([Cancelled], Alerts());
        Assert.Equal([(EventKind.DowntimeCancelled, 0, true)], Told());
        Assert.All(Output.Entries, entry => Assert.True(entry is
            EntryChange.OfDowntime { Value: null } or EntryChange.OfDowntimeStart { StartedTicks: null }
            or EntryChange.OfDowntimeEnd { CancelledTicks: null }));
        Assert.Equal(3, Output.Entries.Count);

        Lose();
        Gain();
        Assert.Empty(Alerts());
    }

    [Fact]
    public void Cancel_WhatNobodyWasToldThatItBegan_SaysNothing()
    {
        Start();
        Lose();
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 600};1;0;0;anna;disk"));
        Pass(1);
        Assert.Equal(1, Engine.DowntimeDepth(Web1));
        Assert.Null(Give("DEL_HOST_DOWNTIME;1"));
        Gain();
        Assert.Empty(Alerts());
        Assert.Contains(Output.Entries, entry => entry is EntryChange.OfDowntime { Value: null });
    }

    [Fact]
    public void Cancel_AndThenTheWordThatItBegan_IsSaid()
    {
        Start();
        Lose();
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 600};1;0;0;anna;disk"));
        Pass(1);
        var id = Downtimes()[0].Id;
        Give("DEL_HOST_DOWNTIME;1");
        Assert.True(Engine.Take(Clock.Now, new EntryChange.OfDowntimeStart(id, Clock.Now.Wall.UtcTicks), Output));
        Assert.Empty(Downtimes());
        Gain();
        Assert.Equal([Cancelled], Alerts());
    }

    [Fact]
    public void Take_TheWordThatItWasCancelled_IsSaidByTheOwnerAndCountsAtOthers()
    {
        var id = Begin();
        EntryChange.OfDowntimeEnd word = new(id, Clock.Now.Wall.UtcTicks);
        Output.Clear();
        Assert.True(Engine.Take(Clock.Now, word, Output));
        Assert.Equal([Cancelled], Alerts());
        Assert.Empty(Downtimes());
        Assert.Empty(Comments());
        Assert.Contains(new EntryChange.OfDowntimeEnd(id, null), Output.Entries);

        // It comes again, or after the downtime is gone.
        Output.Clear();
        Assert.True(Engine.Take(Clock.Now, word, Output));
        Assert.True(Output.IsEmpty);
    }

    [Fact]
    public void Take_WhatItsOwnerRemoved_IsNotSaidAgain()
    {
        var id = Begin();
        Output.Clear();
        Assert.True(Engine.Take(Clock.Now, new EntryChange.OfDowntime(id, null), Output));
        Assert.Empty(Downtimes());
        Assert.Empty(Alerts());
    }

    [Fact]
    public void Cancel_AtOneThatDoesNotOwn_OwnersOfTheTriggeredOnesSaySoThere()
    {
        Begin();
        Give($"SCHEDULE_HOST_DOWNTIME;web2;{Seconds};{Seconds + 600};1;1;0;anna;with it");
        Pass(1);
        Assert.Equal(2, Downtimes().Count(downtime => downtime.Phase == DowntimePhase.InEffect));
        Lose();
        Give("DEL_HOST_DOWNTIME;1");
        Assert.Equal([Cancelled.Replace("web1", "web2", StringComparison.Ordinal)], Alerts());
        Gain();
        Assert.Equal([Cancelled], Alerts());
    }

    /// <summary>What one triggers goes with it, whoever says so: a node that does not own it, or its owner.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Take_TheWordThatItIsGone_CancelsWhatItTriggers(bool isElsewhere, bool isWord)
    {
        var id = Begin();
        Give($"SCHEDULE_HOST_DOWNTIME;web2;{Seconds};{Seconds + 600};1;1;0;anna;with it");
        Pass(1);
        if (isElsewhere)
        {
            Lose();
        }

        Output.Clear();
        EntryChange change = isWord
            ? new EntryChange.OfDowntimeEnd(id, Clock.Now.Wall.UtcTicks)
            : new EntryChange.OfDowntime(id, null);
        Assert.True(Engine.Take(Clock.Now, change, Output));
        Assert.Empty(Downtimes());
        Assert.Contains(Cancelled.Replace("web1", "web2", StringComparison.Ordinal), Alerts());
    }

    /// <summary>The owner himself cancels it: there is no word of another node to take back.</summary>
    [Fact]
    public void Cancel_AtItsOwner_LeavesNoWord()
    {
        var id = Begin();
        Output.Clear();
        Give("DEL_HOST_DOWNTIME;1");
        Assert.Equal([Cancelled], Alerts());
        Assert.Contains(new EntryChange.OfDowntimeStart(id, null), Output.Entries);
        Assert.Contains(new EntryChange.OfDowntime(id, null), Output.Entries);
        Assert.DoesNotContain(Output.Entries, entry => entry is EntryChange.OfDowntimeEnd);
    }

    [Fact]
    public void Number_OfOneThatIsToBeSaid_IsNotGivenAgain()
    {
        Begin();
        Lose();
        Give("DEL_HOST_DOWNTIME;1");
        Give($"SCHEDULE_HOST_DOWNTIME;web2;{Seconds};{Seconds + 600};1;0;0;anna;other");
        Assert.Equal(2ul, Assert.Single(Downtimes()).Id.Number);
    }

    [Fact]
    public void TakeUp_OfAnotherConfiguration_KeepsWhatIsToBeSaid()
    {
        Begin();
        Lose();
        Give("DEL_HOST_DOWNTIME;1");
        var other = Load("", Many + "define host {\n use base\n host_name aaa\n}\n");
        var after = new EngineConfiguration(other.Main!, other.Objects!, Site.Zone);
        Engine.TakeUp(Clock.Now, Compeer.Engine.Site.EngineChange.Prepare(Site, after), Output);
        Output.Clear();
        Assert.NotEqual(after.Id("web1"), Web1);
        Engine.Gain(Clock.Now, [after.Id("web1")], TimeSpan.Zero, Output);
        Assert.Equal([Cancelled], Alerts());
    }

    [Fact]
    public void FlapDetection_TurnedOffWhileNobodyOwns_EndsFlappingAtTheNextOwner()
    {
        Engine = Start("enable_flap_detection=1", Many);
        for (var result = 0; result < 25; result++)
        {
            Pass(1);
            Result("web1", result % 2);
        }

        Assert.True(Engine[Web1].IsFlapping);
        Lose();
        Assert.Null(Give("DISABLE_HOST_FLAP_DETECTION;web1"));
        Assert.True(Engine[Web1].IsFlapping);
        Gain();
        Assert.False(Engine[Web1].IsFlapping);
        Assert.Contains("HOST FLAPPING ALERT: web1;DISABLED; Flap detection has been disabled", Output.Lines());
    }

    [Fact]
    public void Flapping_InAStateThatAFormerOwnerWroteLate_EndsWhereDetectionIsOff()
    {
        Engine = Start("enable_flap_detection=1", Many);
        Assert.Null(Give("DISABLE_HOST_FLAP_DETECTION;web1"));
        Output.Clear();
        Engine.Store(Web1, Engine[Web1] with { HasBeenChecked = true, IsFlapping = true }, TimeSpan.Zero, Output);
        Assert.False(Engine[Web1].IsFlapping);
        Assert.Contains("HOST FLAPPING ALERT: web1;DISABLED; Flap detection has been disabled", Output.Lines());
    }

    /// <summary>A downtime of web1 is in effect, and its owner, this node, said so.</summary>
    private EntryId Begin()
    {
        Start();
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 600};1;0;0;anna;disk"));
        Pass(1);
        Assert.Single(Alerts());
        return Assert.Single(Downtimes()).Id;
    }

    private void Lose()
    {
        Engine.Lose(Clock.Now, [Web1], discardRunning: false, Output);
        Output.Clear();
    }

    private void Gain()
    {
        Output.Clear();
        Engine.Gain(Clock.Now, [Web1], TimeSpan.Zero, Output);
    }
}
