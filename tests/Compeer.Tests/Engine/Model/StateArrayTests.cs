using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Model;

public sealed class StateArrayTests
{
    [Fact]
    public void Freeze_RandomChanges_SnapshotsKeepWhatTheyHad()
    {
        const int Count = 1000;
        var random = new Random(5);
        CheckState[] twin = [.. Enumerable.Range(0, Count).Select(index => CheckState.Pending((byte)(index % 4)))];
        var states = new StateArray<CheckState>(Count, index => twin[index]);
        var frozen = new List<(StateArray<CheckState> Snapshot, CheckState[] Expected)>();
        for (var step = 0; step < 5000; step++)
        {
            var index = random.Next(Count);
            var next = CheckState.Pending((byte)random.Next(4));
            states[index] = next;
            twin[index] = next;
            if (step % 100 == 0)
            {
                frozen.Add((states.Freeze(), (CheckState[])twin.Clone()));
            }
        }

        frozen.Add((states.Freeze(), twin));
        foreach ((var snapshot, var expected) in frozen)
        {
            Assert.Equal(Count, snapshot.Count);
            Assert.All(Enumerable.Range(0, Count), index => Assert.Same(expected[index], snapshot[index]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    public void StateArray_AnyCount_HoldsEach(int count)
    {
        var states = new StateArray<CheckState>(count, index => CheckState.Pending((byte)(index % 3)));
        Assert.All(Enumerable.Range(0, count), index => Assert.Equal(index % 3, states[index].State));
    }
}
