namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>Cipher feedback of 8 bits, libmcrypt's <c>cfb</c>: a byte is mixed with the first of what the cipher makes of the encrypted
/// bytes of a block's length before it; at the beginning those are the server's random ones. It goes on from packet to packet.</summary>
internal sealed class FeedbackCipher : NscaCipher
{
    private readonly BlockCipher _cipher;
    private readonly byte[] _window;
    private readonly byte[] _made;

    /// <summary>One for a connection with these random bytes, of which it uses as many as a block has.</summary>
    public FeedbackCipher(BlockCipher cipher, ReadOnlySpan<byte> vector)
    {
        _cipher = cipher;
        _window = new byte[cipher.BlockBytes + NscaCipher.Longest];
        _made = new byte[cipher.BlockBytes];
        vector[.._made.Length].CopyTo(_window);
    }

    /// <inheritdoc/>
    public override void Decrypt(ReadOnlySpan<byte> coded, Span<byte> plain)
    {
        coded.CopyTo(_window.AsSpan(_made.Length));
        for (var i = 0; i < coded.Length; i++)
        {
            _cipher.Encrypt(_window.AsSpan(i, _made.Length), _made);
            plain[i] = (byte)(coded[i] ^ _made[0]);
        }
    }

    /// <inheritdoc/>
    public override void Advance(ReadOnlySpan<byte> coded)
    {
        coded.CopyTo(_window.AsSpan(_made.Length));
        _window.AsSpan(coded.Length, _made.Length).CopyTo(_window);
    }
}
