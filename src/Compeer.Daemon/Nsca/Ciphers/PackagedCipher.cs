using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>The ciphers that the cryptography package has, set up as libmcrypt does it.</summary>
internal sealed class PackagedCipher : BlockCipher
{
    /// <summary>libmcrypt's substitution boxes of GOST, lowest first. The last value of the first is 2 where the book that they come
    /// from has 12: whoever speaks with libmcrypt must have its slip too.</summary>
    private static readonly byte[] GostBoxes =
    [
        1, 15, 13, 0, 5, 7, 10, 4, 9, 2, 3, 14, 6, 11, 8, 2,
        13, 11, 4, 1, 3, 15, 5, 9, 0, 10, 14, 7, 6, 8, 2, 12,
        4, 11, 10, 0, 7, 2, 1, 13, 3, 6, 8, 5, 9, 12, 15, 14,
        6, 12, 7, 1, 5, 15, 13, 8, 4, 10, 9, 14, 0, 3, 11, 2,
        7, 13, 10, 1, 0, 8, 9, 15, 14, 4, 6, 12, 11, 2, 5, 3,
        5, 8, 1, 13, 10, 3, 4, 2, 14, 15, 12, 7, 6, 0, 9, 11,
        14, 11, 4, 12, 6, 13, 15, 10, 2, 3, 8, 1, 0, 7, 5, 9,
        4, 10, 9, 2, 13, 8, 0, 14, 6, 11, 1, 12, 7, 15, 5, 3,
    ];

    private readonly IBlockCipher _engine;
    private readonly bool _swapsWords;

    private PackagedCipher(IBlockCipher engine, ICipherParameters key, bool swapsWords)
    {
        _engine = engine;
        _swapsWords = swapsWords;
        engine.Init(forEncryption: true, key);
    }

    /// <inheritdoc/>
    public override int BlockBytes => _engine.GetBlockSize();

    /// <summary>Triple DES with three keys, also where they are equal.</summary>
    public static PackagedCipher TripleDes(byte[] key) => new(new DesEdeEngine(), new KeyParameter(key), swapsWords: false);

    /// <summary>DES.</summary>
    public static PackagedCipher Des(byte[] key) => new(new DesEngine(), new KeyParameter(key), swapsWords: false);

    /// <summary>CAST-128.</summary>
    public static PackagedCipher Cast128(byte[] key) => new(new Cast5Engine(), new KeyParameter(key), swapsWords: false);

    /// <summary>CAST-256; libmcrypt reads its words with the lowest byte first.</summary>
    public static PackagedCipher Cast256(byte[] key)
    {
        var swapped = key.ToArray();
        SwapWords(swapped);
        return new PackagedCipher(new Cast6Engine(), new KeyParameter(swapped), swapsWords: true);
    }

    /// <summary>xTEA.</summary>
    public static PackagedCipher Xtea(byte[] key) => new(new XteaEngine(), new KeyParameter(key), swapsWords: false);

    /// <summary>Blowfish.</summary>
    public static PackagedCipher Blowfish(byte[] key) => new(new BlowfishEngine(), new KeyParameter(key), swapsWords: false);

    /// <summary>Twofish.</summary>
    public static PackagedCipher Twofish(byte[] key) => new(new TwofishEngine(), new KeyParameter(key), swapsWords: false);

    /// <summary>RC2, with all bits of its key in effect.</summary>
    public static PackagedCipher Rc2(byte[] key) =>
        new(new RC2Engine(), new RC2Parameters(key, 8 * key.Length), swapsWords: false);

    /// <summary>Rijndael with blocks of 16, 24 or 32 bytes.</summary>
    public static PackagedCipher Rijndael(byte[] key, int blockBytes) =>
        new(new RijndaelEngine(8 * blockBytes), new KeyParameter(key), swapsWords: false);

    /// <summary>Serpent.</summary>
    public static PackagedCipher Serpent(byte[] key) => new(new SerpentEngine(), new KeyParameter(key), swapsWords: false);

    /// <summary>GOST 28147-89, with libmcrypt's boxes; it takes the words of blocks, but not of keys, with the highest byte
    /// first.</summary>
    public static PackagedCipher Gost(byte[] key) =>
        new(new Gost28147Engine(), new ParametersWithSBox(new KeyParameter(key), GostBoxes), swapsWords: true);

    /// <inheritdoc/>
    public override void Encrypt(ReadOnlySpan<byte> block, Span<byte> result)
    {
        if (!_swapsWords)
        {
            _engine.ProcessBlock(block, result);
            return;
        }

        Span<byte> swapped = stackalloc byte[block.Length];
        block.CopyTo(swapped);
        SwapWords(swapped);
        _engine.ProcessBlock(swapped, swapped);
        SwapWords(swapped);
        swapped.CopyTo(result);
    }

    private static void SwapWords(Span<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
