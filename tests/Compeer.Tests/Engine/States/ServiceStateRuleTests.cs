using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Tests.Engine.States;

public sealed class ServiceStateRuleTests
{
    /// <summary>
    /// Runs of results of one service with max_check_attempts 3: each step is the result and the state of the host
    /// (u UP, d DOWN), then what Naemon makes of it: state type, attempt, and the alert (- none, S soft, H hard) with
    /// the attempt in it.
    /// </summary>
    public static TheoryData<string, string> Runs => new()
    {
        { "a problem gets hard at the third attempt, and is not told again", "0u:H1- 2u:S1S1 2u:S2S2 2u:H3H3 2u:H3- 2u:H3-" },
        { "a hard recovery", "2u:S1S1 2u:S2S2 2u:H3H3 0u:H1H3 0u:H1-" },
        { "a soft recovery tells its attempt", "2u:S1S1 0u:H1S2 0u:H1-" },
        { "a soft recovery at the last attempt is soft", "2u:S1S1 2u:S2S2 0u:H1S3" },
        { "soft states may change", "1u:S1S1 2u:S2S2 3u:H3H3 0u:H1H3" },
        { "a hard problem may change its state", "2u:S1S1 2u:S2S2 2u:H3H3 1u:H3H3 3u:H3H3 3u:H3-" },
        { "while the host is down a problem is hard at once", "2d:H1H1 2d:H1- 2d:H1-" },
        { "a soft problem becomes hard when the host goes down", "2u:S1S1 2d:H2H2 2d:H2-" },
        { "a recovery from a problem that the host made hard is hard", "2d:H1H1 0d:H1H1 0u:H1-" },
        { "when the host came back the service gets its retries", "2d:H1H1 2u:S1S1 2u:S2S2 2u:H3- 0u:H1H3" },
        { "another problem while the host is down", "2d:H1H1 1d:H1H1 1d:H1-" },
        { "a hard problem stays hard through the loss of its host", "2u:S1S1 2u:S2S2 2u:H3H3 2d:H3- 2u:H3- 0u:H1H3" },
        { "OK while the host is down changes nothing", "0d:H1- 0u:H1-" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Decide_RunOfResults_IsAsInNaemon(string why, string run)
    {
        Assert.NotEmpty(why);
        var settings = TestSite.DefaultChecking;
        var state = CheckState.Pending(0);
        var step = 0;
        foreach (var entry in run.Split(' '))
        {
            var result = (byte)(entry[0] - '0');
            var host = entry[1] == 'u' ? HostState.Up : HostState.Down;
            var decision = ServiceStateRule.Decide(state, result, host, settings);
            Assert.Equal($"step {step}: {entry[3..]}", $"step {step}: {Describe(decision)}");
            state = Next(state, decision);
            step++;
        }
    }

    [Fact]
    public void Decide_SingleAttempt_IsHardAtOnce()
    {
        var settings = TestSite.DefaultChecking with { MaxCheckAttempts = 1 };
        var down = ServiceStateRule.Decide(CheckState.Pending(0), 2, HostState.Up, settings);
        Assert.Equal("H1H1", Describe(down));
        var up = ServiceStateRule.Decide(Next(CheckState.Pending(0), down), 0, HostState.Up, settings);
        Assert.Equal("H1H1", Describe(up));
    }

    [Fact]
    public void Decide_Volatile_TellsEachHardProblemAgain()
    {
        var settings = TestSite.DefaultChecking with { MaxCheckAttempts = 1, IsVolatile = true };
        var state = Next(CheckState.Pending(0), ServiceStateRule.Decide(CheckState.Pending(0), 2, HostState.Up, settings));
        var again = ServiceStateRule.Decide(state, 2, HostState.Up, settings);
        Assert.Equal("H1H1", Describe(again));
        Assert.False(again.HardStateChanged);
    }

    [Fact]
    public void Decide_StoredAttemptAboveTheMost_IsTheMost()
    {
        var stored = CheckState.Pending(2) with { Attempt = 9, IsSoft = true };
        var decision = ServiceStateRule.Decide(stored, 2, HostState.Up, TestSite.DefaultChecking);
        Assert.Equal(3, decision.Attempt);
        Assert.False(decision.IsSoft);
    }

    [Fact]
    public void Decide_EveryReachableState_KeepsItsInvariants()
    {
        var hardProblems = 0;
        var softProblems = 0;
        var forced = 0;
        foreach (var most in new[] { 1, 2, 3, 5 })
        {
            var settings = TestSite.DefaultChecking with { MaxCheckAttempts = most };
            var seen = new HashSet<CheckState>();
            var open = new Queue<CheckState>([CheckState.Pending(0), CheckState.Pending(2) with { Attempt = most }]);
            while (open.TryDequeue(out var before))
            {
                if (!seen.Add(before))
                {
                    continue;
                }

                foreach ((var result, var host) in Inputs())
                {
                    var decision = ServiceStateRule.Decide(before, result, host, settings);
                    Assert.InRange(decision.Attempt, 1, most);
                    Assert.Equal(result, decision.State);
                    var isHardProblem = decision.State != 0 && !decision.IsSoft;
                    Assert.True(!isHardProblem || decision.Attempt == most || decision.HostProblem, Describe(decision));
                    var isRested = decision.Attempt == 1 && !decision.IsSoft && decision.LastHardState == 0;
                    Assert.True(decision.State != 0 || isRested);
                    Assert.True(!isHardProblem || decision.LastHardState == decision.State, Describe(decision));
                    Assert.True(!decision.HardStateChanged || !decision.IsSoft, Describe(decision));
                    Assert.True(result == before.State || decision.StateChanged);
                    hardProblems += isHardProblem ? 1 : 0;
                    softProblems += decision.IsSoft ? 1 : 0;
                    forced += decision.ForcedHard ? 1 : 0;
                    open.Enqueue(Next(before, decision));
                }
            }
        }

        Assert.True(hardProblems > 50 && softProblems > 50 && forced > 20, $"{hardProblems} {softProblems} {forced}");
    }

    internal static CheckState Next(CheckState before, in StateDecision decision) => CheckState.Pending(0) with
    {
        State = decision.State,
        LastState = before.State,
        LastHardState = decision.LastHardState,
        Attempt = decision.Attempt,
        IsSoft = decision.IsSoft,
        HostProblemAtLastCheck = decision.HostProblem,
        HasBeenChecked = true,
    };

    internal static string Describe(in StateDecision decision)
    {
        var alert = decision.Alert ? $"{(decision.AlertIsSoft ? "S" : "H")}{decision.AlertAttempt}" : "-";
        return $"{(decision.IsSoft ? "S" : "H")}{decision.Attempt}{alert}";
    }

    private static IEnumerable<(byte Result, byte Host)> Inputs() =>
        from result in new byte[] { 0, 1, 2, 3 }
        from host in new byte[] { HostState.Up, HostState.Down, HostState.Unreachable }
        select (result, host);
}
