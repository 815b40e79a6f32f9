using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster.Replication;

public sealed class RegisterTableTests
{
    [Fact]
    public void Write_ManyRunsOverwritingEachOther_ReadsWhatWasWrittenLast()
    {
        var random = new Random(3);
        var table = new RegisterTable(20);
        var twin = new Dictionary<int, (Run Run, long Sequence, ulong Clock)>();
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var slot = table.SlotOf(new RegisterId(RegisterKind.CheckState, random.Next(20)));
            var run = new Run(new NodeId((UInt128)random.Next(1, 5)), 1 + (i / 500));
            var write = (run, (long)i + 1, (ulong)random.Next(1, 40) + (ulong)(i / 100));
            var isNewer = !twin.TryGetValue(slot, out var present)
                || present.Clock < write.Item3 || (present.Clock == write.Item3 && present.Run.Node < write.Item1.Node);
            Assert.Equal(isNewer, table.IsOlderThan(slot, new Stamp(write.Item3, write.Item1.Node)));
            refused += isNewer ? 0 : 1;
            if (isNewer)
            {
                table.Write(slot, write.Item1, write.Item2, write.Item3);
                twin[slot] = write;
            }
        }

        Assert.InRange(refused, 1_000, 19_000);
        foreach (var (slot, value) in twin)
        {
            Assert.True(table.IsWritten(slot));
            Assert.Equal(value, table.Read(slot));
        }
    }

    [Theory]
    [InlineData(RegisterKind.CheckState, true)]
    [InlineData(RegisterKind.None, false)]
    [InlineData((RegisterKind)77, false)]
    public void Knows_Kinds(RegisterKind kind, bool known) => Assert.Equal(known, RegisterTable.Knows(kind));

    [Fact]
    public void IdOf_EverySlot_IsTheInverseOfSlotOf()
    {
        var table = new RegisterTable(7);

        Assert.All(Enumerable.Range(0, table.Count), slot => Assert.Equal(slot, table.SlotOf(table.IdOf(slot))));
    }
}
