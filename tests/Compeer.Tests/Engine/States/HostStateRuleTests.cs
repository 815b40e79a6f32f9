using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Dependencies;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Tests.Engine.States;

public sealed class HostStateRuleTests
{
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(1, false, 0)]
    [InlineData(2, false, 1)]
    [InlineData(3, false, 1)]
    [InlineData(0, true, 0)]
    [InlineData(1, true, 1)]
    [InlineData(2, true, 1)]
    [InlineData(3, true, 1)]
    public void FromPlugin_EachState_WarningIsUpUnlessAggressive(int plugin, bool isAggressive, int expected) =>
        Assert.Equal(expected, HostStateRule.FromPlugin((byte)plugin, isAggressive, HostState.Down));

    [Fact]
    public void FromPlugin_NoParentUp_IsUnreachable() =>
        Assert.Equal(HostState.Unreachable, HostStateRule.FromPlugin(2, isAggressive: false, HostState.Unreachable));

    [Theory]
    [InlineData("", HostState.Down)]
    [InlineData("0", HostState.Down)]
    [InlineData("1", HostState.Unreachable)]
    [InlineData("2", HostState.Unreachable)]
    [InlineData("12", HostState.Unreachable)]
    [InlineData("120", HostState.Down)]
    public void Reachability_StatesOfParents_OneUpMakesItDown(string parentStates, byte expected)
    {
        var site = new TestSite().Host("child");
        for (var parent = 0; parent < parentStates.Length; parent++)
        {
            site.Host($"parent{parent}");
        }

        site.Build();
        HostDefinition[] parents = [.. site.Objects.Hosts.Where(host => host.Name != "child")];
        var template = site.Objects.Hosts[0];
        var child = new HostDefinition
        {
            Id = new HostId(0),
            Name = template.Name,
            Alias = template.Alias,
            Address = template.Address,
            DisplayName = template.DisplayName,
            CheckCommand = template.CheckCommand,
            Checking = template.Checking,
            CustomVariables = [],
            Contacts = [],
            ContactGroups = [],
            Position = template.Position,
            Parents = [.. parents],
        };
        var problem = Reachability.OfProblem(
            child, parent => CheckState.Pending((byte)(parentStates[Array.IndexOf(parents, parent)] - '0')));
        Assert.Equal(expected, problem);
    }

    /// <summary>As in <see cref="ServiceStateRuleTests"/>: result, then state type, attempt, alert.</summary>
    public static TheoryData<string, string> Runs => new()
    {
        {
            "a problem gets hard at the third attempt; from then on Naemon shows attempt 1",
            "0:H1- 1:S1S1 1:S2S2 1:H3H3 1:H1- 1:H1-"
        },
        { "a hard recovery", "1:S1S1 1:S2S2 1:H3H3 1:H1- 0:H1H1 0:H1-" },
        { "a recovery right after it became hard", "1:S1S1 1:S2S2 1:H3H3 0:H1H1" },
        { "a soft recovery, then hard without another word", "1:S1S1 0:S1S2 0:H1-" },
        { "a recovery at the last attempt is hard", "1:S1S1 1:S2S2 0:H1H3 0:H1-" },
        { "a problem again right after a soft recovery", "1:S1S1 0:S1S2 1:S1S1 1:S2S2 1:H3H3" },
        { "a hard problem becomes unreachable", "1:S1S1 1:S2S2 1:H3H3 2:H1H1 2:H1-" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Decide_RunOfResults_IsAsInNaemon(string why, string run)
    {
        Assert.NotEmpty(why);
        var state = CheckState.Pending(0);
        var step = 0;
        foreach (var entry in run.Split(' '))
        {
            var decision = HostStateRule.Decide(state, (byte)(entry[0] - '0'), TestSite.DefaultChecking);
            Assert.Equal($"step {step}: {entry[2..]}", $"step {step}: {ServiceStateRuleTests.Describe(decision)}");
            state = ServiceStateRuleTests.Next(state, decision);
            step++;
        }
    }

    /// <summary>State, type and attempt before, what comes from outside, and what is made of it.</summary>
    [Theory]
    [InlineData("0 H1", 0, "H1-", false)]
    [InlineData("0 H1", 1, "H1H1", true)]
    [InlineData("1 H1", 1, "H1-", false)]
    [InlineData("1 H1", 2, "H1H1", true)]
    [InlineData("1 H3", 0, "H1H3", true)]
    [InlineData("1 S2", 1, "H1H1", true)]
    [InlineData("1 S2", 0, "H1H2", true)]
    [InlineData("0 S1", 0, "H1-", false)]
    public void DecideHard_ResultFromOutside_IsHardAndTellsWhatIsNew(string before, byte state, string expected, bool isNew)
    {
        var decision = HostStateRule.DecideHard(
            CheckState.Pending((byte)(before[0] - '0')) with
            {
                IsSoft = before[2] == 'S',
                Attempt = before[3] - '0',
                LastHardState = (byte)(before[2] == 'S' ? 0 : before[0] - '0'),
            },
            state);
        Assert.Equal(
            (expected, isNew, isNew), (ServiceStateRuleTests.Describe(decision), decision.StateChanged, decision.HardStateChanged));
        Assert.Equal((state, state), (decision.State, decision.LastHardState));
    }

    [Fact]
    public void Decide_SingleAttempt_IsHardAtOnce()
    {
        var settings = TestSite.DefaultChecking with { MaxCheckAttempts = 1 };
        var down = HostStateRule.Decide(CheckState.Pending(0), 1, settings);
        Assert.Equal("H1H1", ServiceStateRuleTests.Describe(down));
        Assert.True(down.HardStateChanged);
        var up = HostStateRule.Decide(ServiceStateRuleTests.Next(CheckState.Pending(0), down), 0, settings);
        Assert.Equal("H1H1", ServiceStateRuleTests.Describe(up));
    }

    [Fact]
    public void Decide_EveryReachableState_KeepsItsInvariants()
    {
        var hardProblems = 0;
        var softRecoveries = 0;
        foreach (var most in new[] { 1, 2, 3, 5 })
        {
            var settings = TestSite.DefaultChecking with { MaxCheckAttempts = most };
            var seen = new HashSet<CheckState>();
            var open = new Queue<CheckState>([CheckState.Pending(0), CheckState.Pending(1) with { Attempt = most }]);
            while (open.TryDequeue(out var before))
            {
                if (!seen.Add(before))
                {
                    continue;
                }

                foreach (var result in new byte[] { HostState.Up, HostState.Down, HostState.Unreachable })
                {
                    var decision = HostStateRule.Decide(before, result, settings);
                    Assert.InRange(decision.Attempt, 1, most);
                    Assert.InRange(decision.AlertAttempt, 1, most);
                    Assert.True(decision.State != HostState.Up || decision.Attempt == 1);
                    Assert.True(decision.IsSoft || decision.LastHardState == decision.State);
                    Assert.True(!decision.HardStateChanged || !decision.IsSoft);
                    Assert.True(result == before.State || decision.StateChanged);

                    // A new problem is hard at its last attempt only.
                    var isNew = before.State == HostState.Up && decision.State != HostState.Up;
                    Assert.True(!isNew || decision.IsSoft == (most > 1));
                    hardProblems += decision.State != HostState.Up && !decision.IsSoft ? 1 : 0;
                    softRecoveries += decision.State == HostState.Up && decision.IsSoft ? 1 : 0;
                    open.Enqueue(ServiceStateRuleTests.Next(before, decision));
                }
            }
        }

        Assert.True(hardProblems > 20 && softRecoveries > 5, $"{hardProblems} {softRecoveries}");
    }
}
