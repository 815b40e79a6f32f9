namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>A block cipher with its key, in the one direction that cipher feedback needs. Not for two threads at a time.</summary>
internal abstract class BlockCipher
{
    /// <summary>Bytes of a block.</summary>
    public abstract int BlockBytes { get; }

    /// <summary>Encrypts one block; the two may be the same.</summary>
    public abstract void Encrypt(ReadOnlySpan<byte> block, Span<byte> result);
}
