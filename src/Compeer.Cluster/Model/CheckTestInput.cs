namespace Compeer.Cluster.Model;

/// <summary>What the shell has to say about checks that are tested at other nodes.</summary>
public abstract record CheckTestInput : ExchangeInput
{
    private CheckTestInput()
    {
    }

    /// <summary>A neighbour is to run the check of an object once, for its output; it comes back as
    /// <see cref="ClusterEffect.CheckTestAnswered"/>, always, also when the link breaks.</summary>
    /// <param name="Neighbour">Which.</param>
    /// <param name="Number">Of the test; not used before.</param>
    /// <param name="Host">The host's name, at most <see cref="MaxName"/> bytes; not changed afterwards.</param>
    /// <param name="Service">The service's description; empty for the host itself.</param>
    public sealed record Ask(NodeId Neighbour, long Number, ReadOnlyMemory<byte> Host, ReadOnlyMemory<byte> Service) : CheckTestInput;

    /// <summary>Nobody waits any more for what was asked; it makes room for another.</summary>
    /// <param name="Number">Of the test.</param>
    public sealed record GiveUp(long Number) : CheckTestInput;

    /// <summary>Answers a <see cref="ClusterEffect.CheckTestAsked"/>.</summary>
    /// <param name="Link">Over which link it came.</param>
    /// <param name="Number">Its number there.</param>
    /// <param name="Result">What came of it.</param>
    public sealed record Answer(LinkId Link, long Number, CheckTestAnswer Result) : CheckTestInput;

    /// <summary>Most bytes of a name.</summary>
    public const int MaxName = 1_024;
}
