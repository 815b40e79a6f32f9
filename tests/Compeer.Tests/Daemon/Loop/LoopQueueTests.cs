using Compeer.Daemon.Loop;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.Loop;

public sealed class LoopQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly int PatienceMilliseconds = (int)Patience.TotalMilliseconds;

    [Fact]
    public void Take_InputsPostedTogetherAndAlone_ComeInTheirOrder()
    {
        using var queue = new LoopQueue();
        PeerInput[] inputs = [new PeerInput.View(), new PeerInput.Leave(), new PeerInput.View(), new PeerInput.Leave()];
        queue.Post(inputs[0]);
        queue.Post([new LoopInput(inputs[1], Answered: null), new LoopInput(inputs[2], Answered: null)]);
        queue.Post(inputs[3]);
        Assert.Equal(4, queue.Length);

        foreach (var input in inputs)
        {
            Assert.True(queue.TryTake(out var taken, milliseconds: 0));
            Assert.Same(input, taken.Input);
        }

        Assert.False(queue.TryTake(out _, milliseconds: 0));
        Assert.Equal(0, queue.Length);
    }

    [Fact]
    public async Task Take_NothingThere_WaitsForThePost()
    {
        using var queue = new LoopQueue();
        for (var i = 0; i < 100; i++)
        {
            var taking = Task.Factory.StartNew(
                () => queue.TryTake(out var input, PatienceMilliseconds) ? input.Input : null, TaskCreationOptions.LongRunning);
            var input = new PeerInput.View();
            queue.Post(input);
            Assert.Same(input, await taking.WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task Close_SomebodyWaits_EndsTheWaitAndDropsWhatComes()
    {
        var queue = new LoopQueue();
        var taking = Task.Factory.StartNew(() => queue.TryTake(out _, PatienceMilliseconds * 10), TaskCreationOptions.LongRunning);
        queue.Close();
        Assert.False(await taking.WaitAsync(Patience));
        queue.Post(new PeerInput.View());
        Assert.Equal(0, queue.Length);
    }
}
