using System.Text;
using Compeer.Daemon.Configuration;
using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Scheduling;

/// <summary>Checks that are off for the whole program: their turns pass by unused, as at Naemon, so that every time that is shown lies
/// ahead, and that they are on again is no burst. A machine that stood still bursts once, and not from then on.</summary>
public sealed class StoppedCheckTests : MainVariableHarness
{
    private const string Stop = "STOP_EXECUTING_SVC_CHECKS";
    private const string Resume = "START_EXECUTING_SVC_CHECKS";

    /// <summary>Of 102 checks each five minutes the most within ten seconds, when all are at their turns.</summary>
    private const int EvenMost = 12;

    /// <summary>Likewise while they go back to them.</summary>
    private const int MostOnTheWay = 45;

    [Theory]
    [InlineData("web1", "", "STOP_EXECUTING_HOST_CHECKS")]
    [InlineData("web1", "HTTP", Stop)]
    public void Stop_NoCheckStartsAndTheNextIsAlwaysAhead(string host, string service, string command)
    {
        var engine = Start("");
        var id = service.Length == 0 ? Site.Id(host) : Site.Id(host, service);
        Pass(engine, 400);
        Assert.True(engine[id].HasBeenChecked);
        var before = engine[id];
        Give(engine, command);
        for (var minute = 0; minute < 20; minute++)
        {
            Assert.DoesNotContain(id, Pass(engine, 60).Keys);
            var next = new DateTimeOffset(engine[id].NextCheckTicks, TimeSpan.Zero) - Clock.Now.Wall;
            Assert.InRange(next, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(5));
            Assert.Equal(next, engine.NextCheck(id)!.Value - Clock.Now.Monotonic);
        }

        // The others get it, and nothing else of the state changes.
        Pass(engine, 300);
        Assert.Contains(Output.Changes, change => change.Id == id);
        Assert.Equal(before.LastCheckTicks, engine[id].LastCheckTicks);
        Assert.Equal(before.Text.ToArray(), engine[id].Text.ToArray());
    }

    [Fact]
    public void Start_AfterAPause_GoesOnEvenlyEachAtItsTurn()
    {
        var engine = Start("", WithServices(100));
        Pass(engine, 600);
        Give(engine, Stop);
        Assert.DoesNotContain(Pass(engine, 1000).Keys, id => !Site.Table.IsHost(id));
        Give(engine, Resume);
        var turns = Site.All().ToDictionary(id => id, id => engine.NextCheck(id)!.Value);
        var started = Pass(engine, 300);
        Assert.All(Site.All(), id => Assert.InRange(started[id][0] - turns[id], TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.All(started.Values, times => Assert.InRange(times.Count, 1, 2));
        Assert.InRange(Busiest(started.Values.Select(times => times[0])), 1, 12);
    }

    /// <summary>A suspended machine: what came due meanwhile starts at once, and each goes back to its turns from then on.</summary>
    [Theory]
    [InlineData(299)]
    [InlineData(301)]
    [InlineData(3_700)]
    public void Machine_ThatStoodStill_ChecksEvenlyAgain(int seconds)
    {
        var engine = Start("", WithServices(100));
        Pass(engine, 600);
        Clock.Move(TimeSpan.FromSeconds(seconds));
        var first = Pass(engine, 1);
        Assert.InRange(first.Count, 95, 102);

        // What was late by less than an interval has its turn the sooner.
        AssertBackAtTheirTurns(engine, first, leastGap: 0);
    }

    /// <summary>A node that starts after minutes, or takes over: what is overdue is checked within seconds, and each goes back to its turns
    /// from then on, also when the configuration is taken up in between.</summary>
    [Theory]
    [InlineData(280, false)]
    [InlineData(280, true)]
    [InlineData(20, false)]
    public void Gain_OfWhatIsOverdue_ChecksEvenlyAgain(int seconds, bool isReloaded)
    {
        var engine = Start("", WithServices(100));
        Pass(engine, 600);
        CheckableId[] all = [.. Site.All()];
        engine.Lose(Clock.Now, all, discardRunning: false, Output);
        engine.Gain(Clock.Move(TimeSpan.FromSeconds(seconds)), all, TimeSpan.Zero, Output);
        if (isReloaded)
        {
            var loaded = Load("", WithServices(101));
            var next = new EngineConfiguration(loaded.Main!, loaded.Objects!, TimeZones.Find(loaded.Main!.TimeZone)!);
            engine.TakeUp(Clock.Now, EngineChange.Prepare(Site, next), Output);
        }

        var first = Pass(engine, 4);
        Assert.InRange(first.Count, seconds * 0.3, (seconds + 4) * 0.4);
        AssertBackAtTheirTurns(engine, first, leastGap: 224);
    }

    [Fact]
    public void Gain_OfWhatIsOverdueWhileChecksAreOff_GoesOnEvenly()
    {
        var engine = Start("", WithServices(100));
        Pass(engine, 600);
        CheckableId[] all = [.. Site.All()];
        engine.Lose(Clock.Now, all, discardRunning: false, Output);
        Give(engine, Stop);
        engine.Gain(Clock.Move(TimeSpan.FromSeconds(280)), all, TimeSpan.Zero, Output);
        Pass(engine, 10);
        Give(engine, Resume);
        AssertBackAtTheirTurns(engine, [], leastGap: 224);
    }

    [Fact]
    public void Start_OfAHostWithoutAnInterval_ThatWasNeverChecked_ChecksItOnce()
    {
        var engine = Start(
            "execute_host_checks=0", Objects.Replace("check_interval 5\n  retry", "check_interval 0\n  retry", StringComparison.Ordinal));
        var id = Site.Id("web1");
        Assert.DoesNotContain(id, Pass(engine, 30).Keys);
        Give(engine, "START_EXECUTING_HOST_CHECKS");
        Assert.Single(Pass(engine, 900)[id]);
    }

    [Fact]
    public void Stop_ATakeoverMeanwhile_HasItsTurns()
    {
        var engine = Start("");
        var id = Site.Id("web1", "HTTP");
        Pass(engine, 400);
        Give(engine, Stop);
        engine.Lose(Clock.Now, [id], discardRunning: false, Output);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Assert.DoesNotContain(id, Pass(engine, 900).Keys);
        Assert.NotNull(engine.NextCheck(id));
        Give(engine, Resume);
        Assert.Contains(id, Pass(engine, 301).Keys);
    }

    /// <summary>In the four intervals after they were made up for, and from then on.</summary>
    private void AssertBackAtTheirTurns(
        MonitoringEngine engine, Dictionary<CheckableId, List<TimeSpan>> first, int leastGap)
    {
        var onTheWay = Pass(engine, 1200);
        Assert.InRange(Busiest(onTheWay.Values.SelectMany(times => times)), 1, MostOnTheWay);
        foreach (var (id, times) in onTheWay)
        {
            List<TimeSpan> all = [.. first.GetValueOrDefault(id, []), .. times];
            Assert.All(all.Zip(all.Skip(1), (one, next) => (next - one).TotalSeconds), gap => Assert.InRange(gap, leastGap, 301));
        }

        var back = Pass(engine, 600);
        Assert.Equal(onTheWay.Count, back.Count);
        Assert.All(back.Values, times => Assert.Equal(2, times.Count));
        Assert.InRange(Busiest(back.Values.SelectMany(times => times)), 1, EvenMost);
    }

    /// <summary>The most checks that start within ten seconds.</summary>
    private static int Busiest(IEnumerable<TimeSpan> starts) =>
        starts.GroupBy(time => Math.Floor(time.TotalSeconds / 10)).Max(group => group.Count());

    private static string WithServices(int count)
    {
        var objects = new StringBuilder(Objects);
        for (var service = 0; service < count; service++)
        {
            objects.Append(
                $"define service {{\nhost_name web1\nservice_description s{service}\ncheck_command check\ncheck_interval 5\n"
                + "retry_interval 1\nmax_check_attempts 3\n}\n");
        }

        return objects.ToString();
    }

    private void Give(MonitoringEngine engine, string command)
    {
        Output.Clear();
        Assert.Null(engine.Command(Clock.Now, Encoding.UTF8.GetBytes($"[1] {command}"), Output));
    }

    /// <summary>Lets so many seconds pass; every check comes back OK. The times of all that started, of each object.</summary>
    private Dictionary<CheckableId, List<TimeSpan>> Pass(MonitoringEngine engine, int seconds)
    {
        Dictionary<CheckableId, List<TimeSpan>> started = [];
        Output.Clear();
        for (var second = 0; second < seconds; second++)
        {
            var checks = Output.Checks.Count;
            engine.Advance(Clock.Move(TimeSpan.FromSeconds(1)), Output);
            foreach (var check in Output.Checks.Skip(checks).ToArray())
            {
                if (!started.TryGetValue(check.Id, out var times))
                {
                    started[check.Id] = times = [];
                }

                times.Add(Clock.Now.Monotonic);
                Finish(engine, check, 0);
            }
        }

        return started;
    }
}
