using Compeer.Daemon.Passive;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.Passive;

/// <summary>What is handed to the loop as something that its sender relies on.</summary>
public sealed class PassiveDeskTests : IDisposable
{
    private readonly PassiveSite _site = new();

    public void Dispose() => _site.Dispose();

    /// <summary>NRDP answers, NSCA does not: only what is answered is to be in the database first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Result_ThatIsAnswered_IsReliedOn(bool isAnswered)
    {
        var result = new PassiveResult("h0", Service: null, 1, "down"u8.ToArray());
        await _site.Desk.GiveAsync(result, _site.Counters, isAnswered ? _ => { } : null, CancellationToken.None);
        Assert.Equal(isAnswered, Assert.IsType<PeerInput.Spooled>(_site.NextInput()).IsRelied);
    }

    [Fact]
    public async Task Command_IsReliedOn()
    {
        await _site.Desk.GiveCommandAsync("[1] X"u8.ToArray(), _ => { }, CancellationToken.None);
        Assert.True(Assert.IsType<PeerInput.Command>(_site.NextInput()).IsRelied);
    }
}
