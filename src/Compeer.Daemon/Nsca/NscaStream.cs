using Compeer.Daemon.Nsca.Ciphers;

namespace Compeer.Daemon.Nsca;

/// <summary>
/// Cuts what a client sends into packets and decrypts them. Which of the two lengths its packets have is found out by the first: when its
/// first 720 bytes are a whole packet, all are short ones. It keeps one packet's bytes, however many come. Single-threaded, no I/O.
/// </summary>
internal sealed class NscaStream(NscaCipher cipher)
{
    private readonly byte[] _coded = new byte[NscaPacket.LongBytes];
    private readonly byte[] _plain = new byte[NscaPacket.LongBytes];
    private int _length;
    private int _packetBytes;
    private bool _isBroken;

    /// <summary>Whether it ended in the middle of a packet.</summary>
    public bool IsCut => _length > 0;

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">What came; shortened by what was taken, all of it unless a packet was found before.</param>
    /// <param name="packet">A whole packet, when there is one.</param>
    public NscaProgress Take(ref ReadOnlySpan<byte> bytes, out NscaPacket packet)
    {
        packet = default;
        while (!_isBroken)
        {
            var wanted = _packetBytes > 0 ? _packetBytes
                : _length < NscaPacket.ShortBytes ? NscaPacket.ShortBytes
                : NscaPacket.LongBytes;
            var part = bytes[..Math.Min(bytes.Length, wanted - _length)];
            part.CopyTo(_coded.AsSpan(_length));
            _length += part.Length;
            bytes = bytes[part.Length..];
            if (_length < wanted)
            {
                return NscaProgress.Wants;
            }

            if (Read(out packet))
            {
                _packetBytes = wanted;
                return NscaProgress.Packet;
            }

            _isBroken = wanted == _packetBytes || wanted == NscaPacket.LongBytes;
        }

        return NscaProgress.Broken;
    }

    private bool Read(out NscaPacket packet)
    {
        var coded = _coded.AsSpan(0, _length);
        var plain = _plain.AsSpan(0, _length);
        cipher.Decrypt(coded, plain);
        if (!NscaPacket.TryRead(plain, out packet))
        {
            return false;
        }

        cipher.Advance(coded);
        _length = 0;
        return true;
    }
}
