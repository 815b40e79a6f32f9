using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>What the shells put into the loop's queue.</summary>
/// <param name="Input">For the peer.</param>
/// <param name="Answered">Called on the loop's thread when the peer answers, which it never does once the loop is over; must
/// neither wait nor fail. Null when nobody waits.</param>
internal readonly record struct LoopInput(PeerInput Input, Action? Answered);
