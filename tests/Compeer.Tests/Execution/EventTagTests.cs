using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class EventTagTests
{
    [Theory]
    [InlineData(0, 0, 0u)]
    [InlineData(3, 100_000, uint.MaxValue)]
    [InlineData(1, 0x3FFF_FFFF, 1u)]
    public void Unpack_AfterPack_IsTheSame(int source, int slot, uint generation)
    {
        var tag = new EventTag((EventSource)source, slot, generation);
        Assert.Equal(tag, EventTag.Unpack(tag.Pack()));
    }
}
