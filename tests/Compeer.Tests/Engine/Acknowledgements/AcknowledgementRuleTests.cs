using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Acknowledgements;

public sealed class AcknowledgementRuleTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private static readonly CheckState Problem = CheckState.Pending(0) with
    {
        State = 2,
        HasBeenChecked = true,
        History = EventHistory.None with { ProblemStartTicks = 7 },
    };

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    public void Holds_UntilItsEnd(int seconds, bool holds)
    {
        var end = seconds == 0 ? 0 : Now.AddSeconds(seconds).UtcTicks;
        Assert.Equal(holds, AcknowledgementRule.Holds(Given(1, 1) with { EndTicks = end }, Problem, Now));
    }

    [Fact]
    public void Holds_AtItsEnd_NoMore() =>
        Assert.False(AcknowledgementRule.Holds(Given(1, 1) with { EndTicks = Now.UtcTicks }, Problem, Now));

    /// <summary>Of two that hold, as when two peers were told at once, the later is what people see.</summary>
    [Fact]
    public void Holding_OfSeveral_IsTheLastGiven()
    {
        Acknowledgement[] given = [Given(1, 50), Given(2, 90), Given(3, 70)];
        Assert.Equal(2UL, AcknowledgementRule.Holding(given, Problem, Now).Id.Number);
        Assert.Equal(2UL, AcknowledgementRule.Holding(given.Reverse(), Problem, Now).Id.Number);
    }

    [Fact]
    public void Holding_GivenAtTheSameMoment_IsTheHigherId() =>
        Assert.Equal(5UL, AcknowledgementRule.Holding([Given(4, 50), Given(5, 50)], Problem, Now).Id.Number);

    [Fact]
    public void Holding_LastOneEnded_IsTheOneBefore() => Assert.Equal(
        1UL, AcknowledgementRule.Holding([Given(1, 50), Given(2, 90) with { EndTicks = 100 }], Problem, Now).Id.Number);

    private static Acknowledgement Given(ulong number, long entry) => new()
    {
        Id = new EntryId(number, 0),
        Object = new ObjectName("h", null),
        EntryTicks = entry,
        Author = "a",
        Text = "t",
        Kind = AcknowledgementKind.Sticky,
        ProblemStartTicks = 7,
        State = 2,
    };
}
