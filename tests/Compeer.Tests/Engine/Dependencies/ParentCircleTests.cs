using Compeer.Engine;
using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Dependencies;

/// <summary>Two hosts that are each other's parents, as allow_circular_dependencies lets them: Naemon looks at the parents of a host
/// and no further.</summary>
public sealed class ParentCircleTests : EngineHarness
{
    private const string Objects = """
        define command {
          command_name probe
          command_line /bin/true
        }
        define host {
          host_name a
          parents b
          check_command probe
          check_interval 1
          retry_interval 1
          max_check_attempts 2
        }
        define host {
          host_name b
          parents a
          check_command probe
          check_interval 1
          retry_interval 1
          max_check_attempts 2
        }

        """;

    [Fact]
    public void Results_OfHostsInACircle_EndAndTheFirstIsDownUntilTheOtherIsLost()
    {
        var site = TextSite.Of("allow_circular_dependencies=1\n", Objects);
        var engine = new MonitoringEngine(site);
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        var codes = site.All().ToDictionary(id => id, _ => 0);

        // Both are asked to be checked as soon as one of them goes down, so each looks at what the other is by then.
        string Check(string host, int code)
        {
            Output.Clear();
            while (Output.Checks.TrueForAll(check => check.Id != site.Id(host)))
            {
                engine.Advance(Clock.MoveTo(engine.NextWake!.Value), Output);
                foreach (var check in Output.Checks.Where(check => check.Id != site.Id(host)).ToArray())
                {
                    Output.Checks.Remove(check);
                    var result = Results.Exited(Clock.Now, codes[check.Id]) with { Run = check.Run };
                    engine.Complete(Clock.Now, check.Id, result, new Transition());
                }
            }

            codes[site.Id(host)] = code;
            Finish(engine, Assert.Single(Output.Checks), code);
            return $"{engine[site.Id("a")].State} {engine[site.Id("b")].State}";
        }

        Assert.Equal("1 0", Check("a", 2));
        Assert.Equal("1 2", Check("b", 2));
        Assert.Equal("2 2", Check("a", 2));
        Assert.Equal("2 0", Check("b", 0));
        Assert.Equal("1 0", Check("a", 2));
    }
}
