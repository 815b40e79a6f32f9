using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Downtimes;

public sealed class DowntimeSetTests
{
    private static readonly CheckableId Id = new(0);
    private static readonly EntryWriter Writer = EntryWriter.ImportOf(99);

    /// <summary>One that was imported, and cancelled, is known until that was said: read again, the file brings no second one.</summary>
    [Fact]
    public void Imported_ThatIsCancelled_IsKnownUntilThatIsSaid()
    {
        var set = new DowntimeSet();
        var imported = Of(new EntryId(7, Writer));
        set.Set(Id, imported);
        Assert.Equal(imported, set.Imported(Writer));
        set.Revoke(Id, imported);
        Assert.Equal(imported, set.Imported(Writer));
        Assert.Null(set.Find(imported.Id));
        set.Remove(Id, imported);
        Assert.Null(set.Imported(Writer));
    }

    /// <summary>Of the same one under two numbers, as after two imports, the one in force is meant and not the cancelled one.</summary>
    [Fact]
    public void Imported_OneCancelledAndOneNot_IsTheOneInForce()
    {
        var set = new DowntimeSet();
        var cancelled = Of(new EntryId(9, Writer));
        var present = Of(new EntryId(7, Writer));
        set.Set(Id, cancelled);
        set.Revoke(Id, cancelled);
        set.Set(Id, present);
        Assert.Equal(present, set.Imported(Writer));
    }

    /// <summary>What was imported triggers others under whatever number it has; what was not, under its own alone.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Triggered_UnderAnotherNumber(bool isImported, int count)
    {
        var set = new DowntimeSet();
        var writer = isImported ? Writer : new EntryWriter(1, 2);
        set.Set(Id, Of(new EntryId(8, new EntryWriter(1, 2))) with { Trigger = new EntryId(7, writer) });
        Assert.Single(set.Triggered(new EntryId(7, writer)));
        Assert.Equal(count, set.Triggered(new EntryId(70, writer)).Count);
    }

    /// <summary>A flexible one that begins close to the end of all time ends with it.</summary>
    [Fact]
    public void EndOf_FlexibleAtTheEndOfTime_IsTheEnd()
    {
        var last = DateTimeOffset.MaxValue.UtcTicks;
        Assert.Equal(last, DowntimeRule.EndOf(Of(new EntryId(1, 0)) with { IsFixed = false, StartedTicks = last - 5, DurationTicks = 60 }));
        Assert.Equal(160, DowntimeRule.EndOf(Of(new EntryId(1, 0)) with { IsFixed = false, StartedTicks = 100, DurationTicks = 60 }));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void StartsByProblem_FromItsStartToItsEnd(long ticks, bool starts) => Assert.Equal(
        starts,
        DowntimeRule.StartsByProblem(
            Of(new EntryId(1, 0)) with { IsFixed = false, StartTicks = 10, EndTicks = 20 }, new DateTimeOffset(ticks, TimeSpan.Zero)));

    private static Downtime Of(EntryId id) => new()
    {
        Id = id,
        Object = new ObjectName("h", null),
        EntryTicks = 1,
        Author = "a",
        Text = "t",
        StartTicks = 1,
        EndTicks = 2,
        IsFixed = true,
        DurationTicks = 1,
    };
}
