namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>No encryption (method 0).</summary>
internal sealed class PlainCipher : NscaCipher
{
    /// <inheritdoc/>
    public override void Decrypt(ReadOnlySpan<byte> coded, Span<byte> plain) => coded.CopyTo(plain);

    /// <inheritdoc/>
    public override void Advance(ReadOnlySpan<byte> coded)
    {
        // Nothing depends on what went before.
    }
}
