using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster.Replication;

/// <summary>Which ownership a write belongs to.</summary>
public sealed class RegisterTableTests
{
    private const int Slot = 0;

    private static readonly NodeId Self = new(10);
    private static readonly NodeId Other = new(20);

    private readonly RegisterTable _table = new(
        objects: 1,
        Self,
        new UnstoredWrites(
            new ClusterContext(
                new ClusterOptions { Self = Self, Incarnation = 1, SoftwareVersion = "test" }, MachineHarness.Version, TimeSpan.Zero),
            objects: 1));

    [Fact]
    public void EpochOfWrite_OwnWrites_StaysAsLongAsNobodyElseWrote()
    {
        _table.Gained(Slot);
        Assert.Equal(8, Write(highest: 7));
        Assert.Equal(8, Write(highest: 7));
        _table.Write(Slot, Other, 1, new Stamp(8, 100, Other));
        Assert.Equal(9, Write(highest: 7));
    }

    /// <summary>A node came back without what it had written, and others bring it when it owns the object again: it is no word of this
    /// ownership, and would stand in the place of every result from now on.</summary>
    [Fact]
    public void EpochOfWrite_AWriteOfAFormerRunComesLate_IsOutranked()
    {
        _table.Gained(Slot);
        Assert.Equal(3, Write(highest: 2));
        _table.Write(Slot, Self, 50, new Stamp(6, 100, Self));
        Assert.Equal(7, Write(highest: 2));
        Assert.False(_table.IsOvertaken(Slot));
    }

    [Fact]
    public void EpochOfWrite_AfterItWasLost_IsThatOfItsTime()
    {
        _table.Gained(Slot);
        Assert.Equal(3, Write(highest: 2));
        _table.Lost(Slot, wasAlone: true, highest: 2);
        _table.Write(Slot, Other, 1, new Stamp(4, 100, Other));
        Assert.Equal(3, _table.EpochOfWrite(Slot, holds: false, highest: 2));
        Assert.True(_table.IsOvertaken(Slot));
    }

    private int Write(int highest)
    {
        var epoch = _table.EpochOfWrite(Slot, holds: true, highest);
        _table.Write(Slot, Self, sequence: 1, new Stamp(epoch, 1, Self));
        return epoch;
    }
}
