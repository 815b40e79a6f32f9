using System.Security.Cryptography;

namespace Compeer.Cli.Keys;

/// <summary>A node's public key for the links between nodes, as <c>mon node key</c> prints it.</summary>
internal sealed record LinkKey
{
    /// <summary>Bytes of the hash that make the fingerprint; the daemon knows a node by the same.</summary>
    private const int FingerprintBytes = 16;

    private readonly string _encoded;

    private LinkKey(byte[] subjectPublicKeyInfo)
    {
        _encoded = Convert.ToBase64String(subjectPublicKeyInfo);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo).AsSpan(0, FingerprintBytes));
    }

    /// <summary>What it is shown as, 32 hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads PEM, whatever stands around it; null when there is no such key in it.</summary>
    public static LinkKey? FromPem(string text)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(text);
            return new LinkKey(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Reads what <see cref="ToString"/> gives; null when it is not that.</summary>
    public static LinkKey? Parse(string encoded)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(encoded), out _);
            return new LinkKey(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>As a file has it.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", Convert.FromBase64String(_encoded)) + "\n";

    /// <summary>As one word.</summary>
    public override string ToString() => _encoded;
}
