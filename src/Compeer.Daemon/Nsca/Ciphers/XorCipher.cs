namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>Method 1: each packet, from its beginning, is mixed with the server's random bytes and with the password, over and over.
/// Anybody who sees both directions can read it.</summary>
internal sealed class XorCipher(byte[] vector, byte[] password) : NscaCipher
{
    /// <inheritdoc/>
    public override void Decrypt(ReadOnlySpan<byte> coded, Span<byte> plain)
    {
        for (var i = 0; i < coded.Length; i++)
        {
            plain[i] = (byte)(coded[i] ^ vector[i % vector.Length] ^ password[i % password.Length]);
        }
    }

    /// <inheritdoc/>
    public override void Advance(ReadOnlySpan<byte> coded)
    {
        // Each packet begins anew.
    }
}
