using System.Diagnostics.CodeAnalysis;

namespace Compeer.Peer;

/// <summary>Where a <see cref="PeerRound"/> gets the time and its inputs from: the one side that daemon and simulation
/// each have their own of.</summary>
public interface IRoundSource
{
    /// <summary>Both clocks, read now.</summary>
    public Instant Now { get; }

    /// <summary>Takes the input that has waited longest; does not wait for one.</summary>
    public bool TryTake([NotNullWhen(true)] out PeerInput? input);
}
