using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>What the shells put into the loop's queue.</summary>
/// <param name="Input">For the peer.</param>
/// <param name="Answered">Called on the loop's thread when the peer answers, which it never does once the loop is over; must
/// neither wait nor fail. Null when nobody waits.</param>
internal readonly record struct LoopInput(PeerInput Input, Action? Answered)
{
    /// <summary>The same for a command whose giver wants to know why it is not carried out; called with null when it is.</summary>
    public Action<string?>? Told { get; init; }
}
