using System.Security.Cryptography;
using Compeer.Cluster.Model;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Links;

/// <summary>A public key that a node is known by: its SubjectPublicKeyInfo bytes and what follows from them.</summary>
internal sealed class PublicKeyPin
{
    /// <summary>A key file larger than this is no public key.</summary>
    private const int MaxFileBytes = 64 * 1024;

    private readonly byte[] _subjectPublicKeyInfo;

    public PublicKeyPin(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        _subjectPublicKeyInfo = subjectPublicKeyInfo.ToArray();
        Id = NodeId.Read(SHA256.HashData(subjectPublicKeyInfo));
    }

    /// <summary>The identity that the key gives its node.</summary>
    public NodeId Id { get; }

    public bool Matches(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        CryptographicOperations.FixedTimeEquals(_subjectPublicKeyInfo, subjectPublicKeyInfo);

    /// <summary>The form that <c>publickey = FILE</c> takes: PEM, ending in a newline.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", _subjectPublicKeyInfo) + "\n";

    /// <summary>Reads what <c>mon node key</c> prints; null with the reason when it is not that.</summary>
    public static PublicKeyPin? Read(string file, out string problem)
    {
        problem = "";
        try
        {
            var info = new FileInfo(file);
            if (info.Length > MaxFileBytes)
            {
                problem = $"{file}: {info.Length} bytes, too large for a public key";
                return null;
            }

            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return new PublicKeyPin(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"{file}: {SystemError.Words(exception)}";
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            problem = $"{file}: not a public key in the form that 'mon node key' prints (a PEM block 'PUBLIC KEY', ECDSA P-256)";
        }

        return null;
    }
}
