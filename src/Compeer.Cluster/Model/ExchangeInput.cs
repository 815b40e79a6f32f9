namespace Compeer.Cluster.Model;

/// <summary>What the shell has to say about content that travels between nodes.</summary>
public abstract record ExchangeInput
{
    private protected ExchangeInput()
    {
    }
}
