using System.Threading.Channels;
using Compeer.Daemon.Loop;
using Compeer.Peer;

namespace Compeer.Daemon.Passive;

/// <summary>Hands what somebody sent to the loop, never more of it at once than a number: then whoever brings it does not read on, and the
/// sender waits. Any thread.</summary>
internal sealed class PassiveDesk(LoopQueue queue, TimeProvider clock)
{
    /// <summary>Results that wait for the loop.</summary>
    public const int MostWaiting = 1000;

    /// <summary>Has an entry for each that waits.</summary>
    private readonly Channel<byte> _places = Channel.CreateBounded<byte>(MostWaiting);

    /// <summary>Hands over a result, once there is room.</summary>
    /// <param name="result">One without a <see cref="PassiveResult.Problem"/>.</param>
    /// <param name="counters">Of the way by which it came.</param>
    /// <param name="told">Called with null when the engine took it, else with why not; on the loop's thread: it must neither wait nor
    /// fail.</param>
    /// <param name="stopping">Gives up waiting for room.</param>
    public async ValueTask GiveAsync(
        PassiveResult result, PassiveCounters counters, Action<string?>? told, CancellationToken stopping)
    {
        var input = new PeerInput.Spooled(result.ForEngine(clock.GetUtcNow())) { IsRelied = told is not null };
        await PostAsync(input, Tell, stopping).ConfigureAwait(false);

        void Tell(string? failure)
        {
            counters.Count(failure is null);
            told?.Invoke(failure);
        }
    }

    /// <summary>The same for an external command.</summary>
    public ValueTask GiveCommandAsync(ReadOnlyMemory<byte> command, Action<string?> told, CancellationToken stopping) =>
        PostAsync(new PeerInput.Command(command) { IsRelied = true }, told, stopping);

    private async ValueTask PostAsync(PeerInput input, Action<string?> told, CancellationToken stopping)
    {
        await _places.Writer.WriteAsync(0, stopping).ConfigureAwait(false);
        queue.Post([new LoopInput(input, Answered: null) { Told = Tell }]);

        void Tell(string? failure)
        {
            _places.Reader.TryRead(out _);
            told(failure);
        }
    }
}
