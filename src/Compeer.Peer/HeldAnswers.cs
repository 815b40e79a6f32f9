namespace Compeer.Peer;

/// <summary>Answers that wait until the database has what they confirm. While it fails nobody waits.</summary>
internal sealed class HeldAnswers
{
    private readonly Queue<(PeerEffect.Answer Answer, long Mark, bool IsRelied)> _held = [];

    /// <summary>Whether the database works: answers wait for it.</summary>
    public bool IsWaiting { get; set; } = true;

    /// <summary>An input was taken and is to be answered.</summary>
    /// <param name="input">The input.</param>
    /// <param name="failure">Of a command: why it is not carried out.</param>
    /// <param name="mark">What must be in the database before.</param>
    /// <param name="outbox">Takes answers.</param>
    public void Add(PeerInput input, string? failure, long mark, RoundOutbox outbox)
    {
        var answer = new PeerEffect.Answer(input.Token, failure);
        if (input.IsKept)
        {
            _held.Enqueue((answer, mark, input.IsRelied));
        }
        else
        {
            outbox.Add(answer);
        }
    }

    /// <summary>Gives the answers to what is in the database.</summary>
    /// <param name="storedUpTo">How far it is.</param>
    /// <param name="outbox">Takes them.</param>
    /// <returns>Whether somebody relies on one of them: the others are to have what it confirms.</returns>
    public bool Give(long storedUpTo, RoundOutbox outbox)
    {
        var isRelied = false;
        while (_held.TryPeek(out var first) && (first.Mark <= storedUpTo || !IsWaiting))
        {
            outbox.Add(_held.Dequeue().Answer);
            isRelied |= first.IsRelied;
        }

        return isRelied;
    }
}
