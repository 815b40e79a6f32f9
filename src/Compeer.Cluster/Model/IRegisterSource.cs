namespace Compeer.Cluster.Model;

/// <summary>Where the values of the registers are: the cluster keeps their stamps only.</summary>
public interface IRegisterSource
{
    /// <summary>
    /// The present value. All <see cref="ClusterEffect.Apply"/> effects of earlier calls have been carried out when this
    /// is called. The bytes are copied before the call that reads them returns.
    /// </summary>
    public ReadOnlyMemory<byte> Read(RegisterId id);
}
