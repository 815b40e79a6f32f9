using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster.Replication;

public sealed class SendWindowTests
{
    [Fact]
    public void Sent_BeyondTheLimit_IsFullUntilHalfIsFree()
    {
        var window = new SendWindow(8 << 20);
        for (var i = 0; i < 9; i++)
        {
            window.Sent(1 << 20);
        }

        Assert.True(window.IsFull);
        Assert.True(window.Acknowledge(4));
        Assert.True(window.IsFull);
        Assert.True(window.Acknowledge(5));
        Assert.False(window.IsFull);
        Assert.Equal(4 << 20, window.Bytes);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(2, true)]
    [InlineData(-1, false)]
    [InlineData(long.MaxValue, false)]
    public void Acknowledge_OnlyWhatWasSent(long frames, bool expected)
    {
        var window = new SendWindow(8 << 20);
        window.Sent(5);
        window.Sent(5);

        Assert.Equal(expected, window.Acknowledge(frames));
    }

    [Fact]
    public void Acknowledge_GoingBack_IsRefused()
    {
        var window = new SendWindow(8 << 20);
        window.Sent(5);
        window.Sent(5);
        window.Acknowledge(2);

        Assert.False(window.Acknowledge(1));
        Assert.Equal(0, window.Bytes);
    }
}
