using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Maintenance;

/// <summary>What two nodes took out of a <c>retention.dat</c> at the same moment, as it meets at one of them.</summary>
public sealed class ImportedEntriesTests : EntryHarness
{
    private static readonly EntryWriter Writer = EntryWriter.ImportOf(99);

    [Theory]
    [InlineData(5, 9)]
    [InlineData(9, 5)]
    public void Comment_NumberedTwice_StaysOnceUnderTheHighestNumber(ulong first, ulong second)
    {
        Start();
        Output.Clear();
        Take(CommentOf(first));
        Assert.Empty(Output.Entries);

        Take(CommentOf(second));

        Assert.Equal(9ul, Assert.Single(Comments()).Id.Number);
        Assert.Equal([new EntryChange.OfComment(new EntryId(5, Writer), null)], Output.Entries);
    }

    [Fact]
    public void Comment_WhoseNumberWasGivenHere_GetsAnotherFromTheOwnerOfItsObject()
    {
        Start();
        Give("ADD_HOST_COMMENT;web1;1;anna;mine");
        Output.Clear();

        Take(CommentOf(1));

        Assert.Equal([(1ul, "mine"), (2ul, "imported")], Comments().Select(comment => (comment.Id.Number, comment.Text)));
        Assert.Equal(
            [
                new EntryChange.OfComment(new EntryId(2, Writer), Comments()[1]),
                new EntryChange.OfComment(new EntryId(1, Writer), null),
            ],
            Output.Entries);
    }

    /// <summary>What is left knows that people were told that it began, here and at every node.</summary>
    [Fact]
    public void Downtime_InEffectThatComesUnderAHigherNumber_GoesOnAndNobodyIsToldAgain()
    {
        Start();
        Take(DowntimeOf(5));
        Pass(1);
        Assert.Single(Alerts());
        var begun = Assert.Single(Downtimes());
        Output.Clear();

        Take(DowntimeOf(9));

        Assert.Equal(begun with { Id = new EntryId(9, Writer) }, Assert.Single(Downtimes()));
        Assert.Empty(Alerts());
        Assert.Equal(
            [
                new EntryChange.OfDowntimeStart(new EntryId(9, Writer), begun.StartedTicks),
                new EntryChange.OfDowntimeStart(new EntryId(5, Writer), null),
                new EntryChange.OfDowntime(new EntryId(5, Writer), null),
            ],
            Output.Entries);
    }

    [Fact]
    public void Downtime_InEffectThatComesUnderALowerNumber_StaysAsItIs()
    {
        Start();
        Take(DowntimeOf(9));
        Pass(1);
        var begun = Assert.Single(Downtimes());
        Output.Clear();

        Take(DowntimeOf(5));

        Assert.Equal(begun, Assert.Single(Downtimes()));
        Assert.Empty(Alerts());
        Assert.Equal(
            [
                new EntryChange.OfDowntimeStart(new EntryId(5, Writer), null),
                new EntryChange.OfDowntime(new EntryId(5, Writer), null),
            ],
            Output.Entries);
    }

    [Fact]
    public void Downtime_ThatComesAlone_KeepsItsNumber()
    {
        Start();
        Output.Clear();
        Take(DowntimeOf(5) with { StartTicks = Clock.Now.Wall.AddHours(1).UtcTicks });
        Assert.Equal(5ul, Assert.Single(Downtimes()).Id.Number);
        Assert.Empty(Output.Entries);
    }

    private void Take(Comment comment) =>
        Assert.True(Engine.Take(Clock.Now, new EntryChange.OfComment(comment.Id, comment), Output));

    private void Take(Downtime downtime) =>
        Assert.True(Engine.Take(Clock.Now, new EntryChange.OfDowntime(downtime.Id, downtime), Output));

    private static Comment CommentOf(ulong number) => new()
    {
        Id = new EntryId(number, Writer),
        Object = new ObjectName("web1", null),
        EntryTicks = 1,
        Author = "otto",
        Text = "imported",
        Kind = CommentKind.User,
        IsPersistent = true,
        ExpiresTicks = 0,
    };

    private static Downtime DowntimeOf(ulong number) => new()
    {
        Id = new EntryId(number, Writer),
        Object = new ObjectName("web1", null),
        EntryTicks = 1,
        Author = "otto",
        Text = "imported",
        StartTicks = TestClock.Epoch.UtcTicks,
        EndTicks = TestClock.Epoch.AddDays(1).UtcTicks,
        IsFixed = true,
        DurationTicks = TimeSpan.TicksPerDay,
    };
}
