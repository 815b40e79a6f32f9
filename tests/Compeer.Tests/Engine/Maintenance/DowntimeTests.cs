using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Maintenance;

/// <summary>Downtimes of one engine that owns everything: when they begin and end, of which objects, and what is said.</summary>
public sealed class DowntimeTests : EntryHarness
{
    [Theory]
    [InlineData("SCHEDULE_HOST_DOWNTIME;web1", "HOST DOWNTIME ALERT: web1", "Host", "host")]
    [InlineData("SCHEDULE_SVC_DOWNTIME;web1;HTTP", "SERVICE DOWNTIME ALERT: web1;HTTP", "Service", "service")]
    public void Fixed_BeginsAndEndsByTheClock_AndSaysSoAsNaemonDoes(string command, string start, string subject, string name)
    {
        Start();
        var id = name == "host" ? Web1 : Http;
        Assert.Null(Give($"{command};{Seconds + 10};{Seconds + 20};1;0;0;anna;disk"));
        Assert.Equal(0, Engine.DowntimeDepth(id));
        var comment = Assert.Single(Comments());
        Assert.Equal((CommentKind.Downtime, "anna"), (comment.Kind, comment.Author));
        Assert.StartsWith($"A fixed downtime of this {name} is scheduled from 03-04-2026 05:06:17 to 03-04-2026 05:06:27.", comment.Text);
        Pass(9);
        Assert.Empty(Alerts());
        Pass(1);
        Assert.Equal([$"{start};STARTED; {subject} has entered a period of scheduled downtime"], Alerts());
        Assert.Equal([(EventKind.DowntimeStarted, 0, true)], Told());
        Assert.Equal(1, Engine.DowntimeDepth(id));
        Pass(9);
        Assert.Equal((1, 0), (Engine.DowntimeDepth(id), Alerts().Count()));
        Pass(1);
        Assert.Equal([$"{start};STOPPED; {subject} has exited from a period of scheduled downtime"], Alerts());
        Assert.Equal([(EventKind.DowntimeEnded, 0, true)], Told());
        Assert.Equal(0, Engine.DowntimeDepth(id));
        Assert.Empty(Downtimes());
        Assert.Empty(Comments());
        Assert.Contains(Output.Entries, entry => entry is EntryChange.OfDowntime { Value: null });
    }

    [Fact]
    public void Wake_IsWhenADowntimeIsDue_AlsoWithoutChecks()
    {
        Start();
        Give("DISABLE_HOSTGROUP_HOST_CHECKS;all");
        Give("DISABLE_HOSTGROUP_SVC_CHECKS;all");
        Give("DISABLE_HOST_CHECK;web3");
        Assert.Null(Engine.NextWake);
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds + 10};{Seconds + 2000};1;0;0;anna;x");
        Assert.Equal(Clock.Now.Monotonic.Add(TimeSpan.FromSeconds(10)), Engine.NextWake);
        Pass(10);
        Assert.Single(Alerts());

        // A jump of the clock is noticed within a minute.
        Assert.Equal(Clock.Now.Monotonic.Add(TimeSpan.FromMinutes(1)), Engine.NextWake);
        Clock.JumpWall(TimeSpan.FromHours(1));
        Pass(1);
        Assert.EndsWith("STOPPED; Host has exited from a period of scheduled downtime", Assert.Single(Alerts()));
    }

    [Fact]
    public void Overlapping_OnlyTheFirstAndTheLastAreSaid()
    {
        Start();
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 20};1;0;0;anna;one");
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds + 5};{Seconds + 30};1;0;0;anna;two");
        Pass(1);
        Assert.Single(Alerts());
        Pass(5);
        Assert.Empty(Alerts());
        Assert.Equal([(EventKind.DowntimeStarted, 1, true)], Told());
        Assert.Equal(2, Engine.DowntimeDepth(Web1));
        Pass(15);
        Assert.Empty(Alerts());
        Assert.Equal(1, Engine.DowntimeDepth(Web1));
        Pass(10);
        Assert.Single(Alerts());
        Assert.Equal(0, Engine.DowntimeDepth(Web1));
    }

    [Theory]
    [InlineData("DEL_HOST_DOWNTIME;1")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME;web1")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME;;;;disk")]
    [InlineData("DEL_DOWNTIME_BY_HOSTGROUP_NAME;all")]
    [InlineData("DEL_DOWNTIME_BY_HOSTGROUP_NAME;all;web1;;;disk")]
    [InlineData("DEL_DOWNTIME_BY_START_TIME_COMMENT;{0}")]
    [InlineData("DEL_DOWNTIME_BY_START_TIME_COMMENT;;disk")]
    [InlineData("DEL_DOWNTIME_BY_START_TIME_COMMENT;{0};disk")]
    public void Cancel_InEffect_SaysSoAndIsGone(string command)
    {
        Start();
        var start = Seconds;
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{start};{start + 20};1;0;0;anna;disk");
        Pass(1);
        Output.Clear();
        Assert.Null(Give(command.Replace("{0}", $"{start}", StringComparison.Ordinal)));
        Assert.Equal(["HOST DOWNTIME ALERT: web1;CANCELLED; Scheduled downtime for host has been cancelled."], Alerts());
        Assert.Equal([(EventKind.DowntimeCancelled, 0, true)], Told());
        Assert.Empty(Downtimes());
        Assert.Empty(Comments());
        Assert.Equal(0, Engine.DowntimeDepth(Web1));
        Pass(30);
        Assert.Empty(Alerts());
    }

    [Fact]
    public void Cancel_BeforeItsStart_SaysNothing()
    {
        Start();
        Give($"SCHEDULE_SVC_DOWNTIME;web1;HTTP;{Seconds + 5};{Seconds + 20};1;0;0;anna;disk");
        Assert.Null(Give("DEL_SVC_DOWNTIME;1"));
        Assert.Empty(Alerts());
        Assert.Empty(Downtimes());
    }

    [Theory]
    [InlineData("DEL_HOST_DOWNTIME;9", "there is no downtime 9 of a host")]
    [InlineData("DEL_SVC_DOWNTIME;1", "there is no downtime 1 of a service")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME;web2", "there is no such downtime")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME;web1;HTTP", "there is no such downtime")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME;web1;;17", "there is no such downtime")]
    [InlineData("DEL_DOWNTIME_BY_HOST_NAME", "it does not say which")]
    [InlineData("DEL_DOWNTIME_BY_START_TIME_COMMENT", "it does not say which")]
    [InlineData("DEL_DOWNTIME_BY_START_TIME_COMMENT;;other", "there is no such downtime")]
    public void Cancel_WhatIsNotThere_SaysWhy(string command, string reason)
    {
        Start();
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds + 5};{Seconds + 20};1;0;0;anna;disk");
        Assert.Equal(reason, Give(command));
        Assert.Single(Downtimes());
    }

    [Theory]
    [InlineData("20;10;1;0;0", "it does not end after its start")]
    [InlineData("10;10;1;0;0", "it does not end after its start")]
    [InlineData("-20;-10;1;0;0", "its end is past")]
    [InlineData("10;20;0;0;0", "a flexible one needs a duration, seconds")]
    [InlineData("10;20;1;7;0", "there is no downtime 7 to trigger it")]
    public void Schedule_WhatCannotBe_SaysWhy(string arguments, string reason)
    {
        Start();
        var parts = arguments.Split(';');
        var times = $"{Seconds + int.Parse(parts[0])};{Seconds + int.Parse(parts[1])}";
        Assert.Equal(reason, Give($"SCHEDULE_HOST_DOWNTIME;web1;{times};{string.Join(';', parts[2..])};anna;disk"));
        Assert.Empty(Downtimes());
        Assert.Empty(Output.Entries);
    }

    [Theory]
    [InlineData("SCHEDULE_HOST_SVC_DOWNTIME;web1", "web1/HTTP web1/PING")]
    [InlineData("SCHEDULE_HOSTGROUP_HOST_DOWNTIME;all", "web1 web2")]
    [InlineData("SCHEDULE_HOSTGROUP_SVC_DOWNTIME;all", "web1/HTTP web1/PING web2/SSH")]
    [InlineData("SCHEDULE_SERVICEGROUP_HOST_DOWNTIME;some", "web1 web2")]
    [InlineData("SCHEDULE_SERVICEGROUP_SVC_DOWNTIME;some", "web1/HTTP web1/PING web2/SSH")]
    [InlineData("SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;web1", "web1 web2 web3")]
    [InlineData("SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;web2", "web2 web3")]
    public void Schedule_OfMany_EachOnce(string command, string objects)
    {
        Start();
        Assert.Null(Give($"{command};{Seconds + 1};{Seconds + 20};1;0;0;anna;disk"));
        Assert.Equal(objects.Split(' '), Downtimes().Select(NameOf).Order());
        Pass(2);
        Assert.Equal(objects.Split(' ').Length, Alerts().Count());
        Assert.All(Downtimes(), downtime => Assert.Equal(DowntimePhase.InEffect, downtime.Phase));
        Pass(20);
        Assert.Equal(objects.Split(' ').Length, Alerts().Count());
        Assert.Empty(Downtimes());
        Assert.Empty(Comments());
    }

    [Theory]
    [InlineData("SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;web1", 0)]
    [InlineData("SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;web1", 2)]
    public void Propagate_TriggeredOnesGoWithTheirTrigger(string command, int triggered)
    {
        Start();
        Give($"{command};{Seconds};{Seconds + 20};1;0;0;anna;disk");
        Assert.Equal(triggered, Downtimes().Count(downtime => downtime.Trigger is not null));
        Pass(1);
        Output.Clear();
        Give("DEL_HOST_DOWNTIME;1");
        Assert.Equal(triggered + 1, Alerts().Count(line => line.Contains("CANCELLED", StringComparison.Ordinal)));
        Assert.Equal(2 - triggered, Downtimes().Count);
    }

    [Theory]
    [InlineData("web1", "2", 1)]
    [InlineData("web1", "0", 0)]
    [InlineData("HTTP", "2", 0)]
    [InlineData("HTTP", "222", 1)]
    public void Flexible_BeginsWithAProblem_SoftOneOfAHostHardOneOfAService(string name, string codes, int depth)
    {
        Start();
        var id = name == "web1" ? Web1 : Http;
        var kind = name == "web1" ? "HOST_DOWNTIME;web1" : "SVC_DOWNTIME;web1;HTTP";
        Give($"SCHEDULE_{kind};{Seconds};{Seconds + 10000};0;0;30;anna;disk");
        Pass(1);
        foreach (var code in codes)
        {
            Finish(Engine, name, code - '0');
        }

        Assert.Equal(depth, Engine.DowntimeDepth(id));
        Assert.Equal(depth, Alerts().Count());
        if (depth == 1)
        {
            Pass(29);
            Assert.Empty(Alerts());
            Pass(1);
            var subject = name == "web1" ? "Host" : "Service";
            Assert.EndsWith($"STOPPED; {subject} has exited from a period of scheduled downtime", Assert.Single(Alerts()));
            Assert.Empty(Downtimes());
        }
    }

    [Fact]
    public void Flexible_ByAResultFromOutside_Begins()
    {
        Start();
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 100};0;0;30;anna;disk");
        Result("web1", 1);
        Assert.Equal(1, Engine.DowntimeDepth(Web1));
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public void Flexible_BeforeItsTime_DoesNotBegin(int after, int depth)
    {
        Start();
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds + 10};{Seconds + 100};0;0;30;anna;disk");
        Pass(after);
        Result("web1", 1);
        Assert.Equal(depth, Engine.DowntimeDepth(Web1));
    }

    /// <summary>The check of a former owner ends after the object came here.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(0, 0)]
    public void Flexible_ByAStateThatTheFormerOwnerFound_Begins(byte state, int depth)
    {
        Start();
        Give($"SCHEDULE_SVC_DOWNTIME;web1;HTTP;{Seconds};{Seconds + 100};0;0;30;anna;disk");
        var found = Engine[Http] with { HasBeenChecked = true, State = state, LastHardState = state, Attempt = 3, IsSoft = false };
        Engine.Store(Http, found, TimeSpan.Zero, Output);
        Assert.Equal(depth, Engine.DowntimeDepth(Http));
    }

    [Fact]
    public void Flexible_WithoutAProblemInItsTime_ExpiresWithoutALine()
    {
        Start();
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 10};0;0;30;anna;disk");
        Pass(10);
        Assert.Single(Downtimes());
        Pass(1);
        Assert.Equal([(EventKind.DowntimeExpired, 0, true)], Told());
        Assert.Empty(Alerts());
        Assert.Empty(Downtimes());
        Result("web1", 1);
        Assert.Equal(0, Engine.DowntimeDepth(Web1));
    }

    [Fact]
    public void Triggered_BeginsWithItsTrigger_AndLastsItsOwnTime()
    {
        Start();
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 1000};0;0;100;anna;disk");
        Give($"SCHEDULE_HOST_DOWNTIME;web2;{Seconds};{Seconds + 1000};0;1;50;anna;disk");
        Result("web2", 1);
        Assert.Equal(0, Engine.DowntimeDepth(Site.Id("web2")));
        Result("web1", 1);
        Assert.Equal((1, 1), (Engine.DowntimeDepth(Web1), Engine.DowntimeDepth(Site.Id("web2"))));

        // One that is added later goes along.
        Give($"SCHEDULE_HOST_DOWNTIME;web3;{Seconds};{Seconds + 1000};1;1;0;anna;disk");
        Assert.Equal(1, Engine.DowntimeDepth(Site.Id("web3")));
        Pass(50);
        Assert.Equal((1, 0, 1), (Engine.DowntimeDepth(Web1), Engine.DowntimeDepth(Site.Id("web2")), Engine.DowntimeDepth(Site.Id("web3"))));
        Pass(50);
        Assert.Empty(Downtimes());
        Assert.Equal(2, Alerts().Count());
    }

    /// <summary>While nobody owns the host a downtime is over, and one that it would have begun waits on: it goes with it.</summary>
    [Theory]
    [InlineData("web1", true)]
    [InlineData("web2", false)]
    public void Triggered_WhoseTriggerWasOverBeforeSomebodyOwnedIt_GoesWithItAndDoesNotBegin(string name, bool isFinishedHere)
    {
        Start();
        Engine.Lose(Clock.Now, Site.All(), discardRunning: false, Output);
        Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 20};1;0;0;anna;disk");
        Give($"SCHEDULE_HOST_DOWNTIME;{name};{Seconds};{Seconds + 1000};0;1;50;anna;disk");
        var triggered = Downtimes()[1];
        Pass(30);
        Assert.Equal([DowntimePhase.Over, DowntimePhase.Pending], Downtimes().Select(downtime => downtime.Phase));

        Output.Clear();
        Engine.Gain(Clock.Now, [Web1], TimeSpan.Zero, Output);

        Assert.Equal([(EventKind.DowntimeEnded, 0, true)], Told());
        Assert.Equal(0, Engine.DowntimeDepth(Site.Id(name)));
        Assert.Equal(isFinishedHere ? 0 : 1, Downtimes().Count);
        Assert.Equal(isFinishedHere, Output.Entries.Contains(new EntryChange.OfDowntime(triggered.Id, null)));
    }

    [Fact]
    public void Schedule_TooMany_AllOrNone()
    {
        Start();
        for (ulong number = 1; number < EngineLimits.Downtimes; number++)
        {
            Engine.Take(Clock.Now, Foreign(number), Output);
        }

        Output.Clear();
        Assert.Equal(
            "there would be more than 50000 downtimes",
            Give($"SCHEDULE_HOSTGROUP_HOST_DOWNTIME;all;{Seconds};{Seconds + 1000};1;0;0;anna;disk"));
        Assert.Empty(Output.Entries);
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 1000};1;0;0;anna;disk"));
    }

    [Fact]
    public void TakeUp_OfAnotherConfiguration_KeepsDowntimesAndTheirTimes()
    {
        Start();
        Give($"SCHEDULE_SVC_DOWNTIME;web1;HTTP;{Seconds};{Seconds + 20};1;0;0;anna;disk");
        Pass(1);
        var smaller = Load("", Objects);
        var after = new EngineConfiguration(smaller.Main!, smaller.Objects!, Site.Zone);
        Engine.TakeUp(Clock.Now, Compeer.Engine.Site.EngineChange.Prepare(Site, after), Output);
        Assert.Equal(1, Engine.DowntimeDepth(after.Id("web1", "HTTP")));
        Pass(19);
        Assert.Single(Alerts());
        Assert.Empty(Downtimes());
    }

    private EntryChange.OfDowntime Foreign(ulong number) => new(
        new EntryId(number, 9),
        new Downtime
        {
            Id = new EntryId(number, 9),
            Object = new ObjectName("web3", null),
            EntryTicks = 1,
            Author = "otto",
            Text = "foreign",
            StartTicks = Clock.Now.Wall.AddDays(1).UtcTicks,
            EndTicks = Clock.Now.Wall.AddDays(2).UtcTicks,
            IsFixed = true,
            DurationTicks = TimeSpan.TicksPerDay,
        });

    private static string NameOf(Downtime downtime) =>
        downtime.Object.Service is { } service ? $"{downtime.Object.Host}/{service}" : downtime.Object.Host;
}
