namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>
/// What undoes the encryption of one connection. Decrypting moves nothing on, so that what a client sent can be read as a packet of one
/// size, then of another; <see cref="Advance"/> goes on behind a packet that was taken.
/// </summary>
internal abstract class NscaCipher
{
    /// <summary>Bytes that can be decrypted at once: those of the longest packet.</summary>
    public const int Longest = 4304;

    /// <summary>Decrypts what comes next.</summary>
    /// <param name="coded">Encrypted bytes, <see cref="Longest"/> at most.</param>
    /// <param name="plain">Takes as many.</param>
    public abstract void Decrypt(ReadOnlySpan<byte> coded, Span<byte> plain);

    /// <summary>What comes next is behind these.</summary>
    public abstract void Advance(ReadOnlySpan<byte> coded);
}
