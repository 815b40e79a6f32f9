using System.Text;
using Compeer.Engine;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Scheduling;

/// <summary>Checks that are off for the whole program: their turns pass by unused, as at Naemon, so that every time that is shown lies
/// ahead, and that they are on again is no burst.</summary>
public sealed class StoppedCheckTests : MainVariableHarness
{
    private const string Stop = "STOP_EXECUTING_SVC_CHECKS";
    private const string Resume = "START_EXECUTING_SVC_CHECKS";

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
        var many = new StringBuilder(Objects);
        for (var service = 0; service < 100; service++)
        {
            many.Append(
                $"define service {{\nhost_name web1\nservice_description s{service}\ncheck_command check\ncheck_interval 5\n"
                + "retry_interval 1\nmax_check_attempts 3\n}\n");
        }

        var engine = Start("", many.ToString());
        Pass(engine, 600);
        Give(engine, Stop);
        Assert.DoesNotContain(Pass(engine, 1000).Keys, id => !Site.Table.IsHost(id));
        Give(engine, Resume);
        var turns = Site.All().ToDictionary(id => id, id => engine.NextCheck(id)!.Value);
        var started = Pass(engine, 300);
        Assert.All(Site.All(), id => Assert.InRange(started[id][0] - turns[id], TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.All(started.Values, times => Assert.InRange(times.Count, 1, 2));
        var busiest = started.Values.Select(times => times[0])
            .GroupBy(time => Math.Floor(time.TotalSeconds / 10)).Max(group => group.Count());
        Assert.InRange(busiest, 1, 12);
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
