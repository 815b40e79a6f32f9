using System.Collections.Immutable;

namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>A method of <c>decryption_method</c>. Its number is NSCA's (<c>include/common.h</c>), its key as long as the longest of
/// libmcrypt's cipher: the password, cut or filled up with zeros.</summary>
/// <param name="Number">In <c>nsca.cfg</c> and <c>send_nsca.cfg</c>.</param>
/// <param name="Name">NSCA's.</param>
/// <param name="KeyBytes">Length of the key; nought when there is none.</param>
/// <param name="IsWeak">Whether it protects nothing, or nothing any more.</param>
internal sealed record EncryptionMethod(int Number, string Name, int KeyBytes, bool IsWeak)
{
    private const int AesNumber = 14;

    /// <summary>All that Debian's <c>send_nsca</c> can do. Those that its libmcrypt lacks (3-WAY, ARCFOUR, WAKE, ENIGMA, SAFER-SK64 and
    /// SAFER-SK128) no sender there can use.</summary>
    public static readonly ImmutableArray<EncryptionMethod> All =
    [
        new(0, "none", 0, IsWeak: true),
        new(1, "XOR", 0, IsWeak: true),
        new(2, "DES", 8, IsWeak: true),
        new(3, "3DES", 24, IsWeak: false),
        new(4, "CAST-128", 16, IsWeak: false),
        new(5, "CAST-256", 32, IsWeak: false),
        new(6, "xTEA", 16, IsWeak: false),
        new(8, "BLOWFISH", 56, IsWeak: false),
        new(9, "TWOFISH", 32, IsWeak: false),
        new(10, "LOKI97", 32, IsWeak: true),
        new(11, "RC2", 128, IsWeak: true),
        new(AesNumber, "RIJNDAEL-128", 32, IsWeak: false),
        new(15, "RIJNDAEL-192", 32, IsWeak: false),
        new(16, "RIJNDAEL-256", 32, IsWeak: false),
        new(20, "SERPENT", 32, IsWeak: false),
        new(23, "GOST", 32, IsWeak: true),
        new(26, "SAFER+", 32, IsWeak: false),
    ];

    /// <summary>The method of a number.</summary>
    public static EncryptionMethod? Find(int number) => All.FirstOrDefault(method => method.Number == number);

    /// <summary>Makes what decrypts a connection.</summary>
    /// <param name="password">The password, with a byte at least where the method uses one.</param>
    /// <param name="vector">The random bytes that the server sent.</param>
    public NscaCipher Cipher(byte[] password, byte[] vector)
    {
        var key = new byte[KeyBytes];
        password.AsSpan(0, Math.Min(password.Length, KeyBytes)).CopyTo(key);
        return Number switch
        {
            0 => new PlainCipher(),
            1 => new XorCipher(vector, password),
            AesNumber => new AesFeedbackCipher(key, vector),
            _ => new FeedbackCipher(Block(key), vector),
        };
    }

    private BlockCipher Block(byte[] key) => Number switch
    {
        2 => PackagedCipher.Des(key),
        3 => PackagedCipher.TripleDes(key),
        4 => PackagedCipher.Cast128(key),
        5 => PackagedCipher.Cast256(key),
        6 => PackagedCipher.Xtea(key),
        8 => PackagedCipher.Blowfish(key),
        9 => PackagedCipher.Twofish(key),
        10 => new Loki97(key),
        11 => PackagedCipher.Rc2(key),
        15 => PackagedCipher.Rijndael(key, 24),
        16 => PackagedCipher.Rijndael(key, 32),
        20 => PackagedCipher.Serpent(key),
        23 => PackagedCipher.Gost(key),
        26 => new SaferPlus(key),
        _ => throw new InvalidOperationException($"method {Number} has no block cipher"),
    };
}
