using Compeer.Peer;

namespace Compeer.Tests.Peer;

public sealed class HeldAnswersTests
{
    private readonly HeldAnswers _answers = new();
    private readonly RoundOutbox _outbox = new();

    [Fact]
    public void Give_Command_WaitsForTheDatabaseAndOthersDoNot()
    {
        _answers.Add(Command(1), failure: null, mark: 5, _outbox);
        _answers.Add(new PeerInput.View { Token = new AnswerToken(2) }, failure: null, mark: 5, _outbox);

        Assert.Equal([2], Given(storedUpTo: 4));
        Assert.Equal([1], Given(storedUpTo: 5));
    }

    [Fact]
    public void Give_DatabaseFails_NobodyWaitsUntilItWorksAgain()
    {
        _answers.Add(Command(1), failure: null, mark: 5, _outbox);
        _answers.IsWaiting = false;
        Assert.Equal([1], Given(storedUpTo: 0));

        _answers.IsWaiting = true;
        _answers.Add(Command(2), failure: null, mark: 6, _outbox);
        Assert.Empty(Given(storedUpTo: 5));
        Assert.Equal([2], Given(storedUpTo: 6));
    }

    private static PeerInput.Command Command(long token) => new(default(ReadOnlyMemory<byte>)) { Token = new AnswerToken(token) };

    private long[] Given(long storedUpTo)
    {
        _answers.Give(storedUpTo, _outbox);
        return [.. _outbox.Take().OfType<PeerEffect.Answer>().Select(answer => answer.Token.Number)];
    }
}
