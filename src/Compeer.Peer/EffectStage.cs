namespace Compeer.Peer;

/// <summary>
/// The order in which what a round came to must be carried out. A peer that loses its power between two stages has then
/// said nothing that it does not remember, started nothing that the others were not told of, and confirmed nothing that is not done.
/// </summary>
public enum EffectStage
{
    /// <summary>What must be on the disk before anybody hears of it.</summary>
    Persist = 1,

    /// <summary>What goes to other nodes.</summary>
    Send = 2,

    /// <summary>What is done here: checks, log lines.</summary>
    Act = 3,

    /// <summary>What those that wait are told.</summary>
    Answer = 4,
}
