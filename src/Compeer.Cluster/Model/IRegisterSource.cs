namespace Compeer.Cluster.Model;

/// <summary>Where the values of the registers are: the cluster keeps their stamps only.</summary>
public interface IRegisterSource
{
    /// <summary>
    /// The present value. All <see cref="ClusterEffect.Apply"/> effects of earlier calls have been carried out when this
    /// is called. The bytes are copied before the call that reads them returns.
    /// </summary>
    public ReadOnlyMemory<byte> Read(RegisterId id);

    /// <summary>
    /// What a value that is no check state is about. Pollers are told of what is about their own hosts only.
    /// </summary>
    /// <param name="key">Which value.</param>
    /// <param name="payload">Its bytes; none for a removed element, of which nothing else is known.</param>
    public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload);
}
