using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compeer.Api;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Links;

/// <summary>
/// This node's own key: ECDSA P-256, made on first use, kept in a file that only its owner reads. The certificate
/// around it exists because TLS wants one; nobody looks at anything in it but the key.
/// </summary>
internal sealed class NodeKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private NodeKey(ECDsa key)
    {
        Pin = new PublicKeyPin(key.ExportSubjectPublicKeyInfo());
        var request = new CertificateRequest($"CN=compeer-{Pin.Id}", key, HashAlgorithmName.SHA256);
        Certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
    }

    public PublicKeyPin Pin { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>Where a node's key is.</summary>
    public static string FileIn(MonitorPaths paths) => Path.Combine(paths.MerlinFolder, "node.key");

    /// <summary>Reads the key, or makes it when the file does not exist.</summary>
    /// <exception cref="StartupException">The file cannot be read, made, or is not a private key.</exception>
    public static NodeKey LoadOrCreate(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                Create(file);
            }

            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return new NodeKey(key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"this node's key {file}: {SystemError.Words(exception)}", exception);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new StartupException(
                $"this node's key {file} is damaged (a PEM block 'PRIVATE KEY', ECDSA P-256 is expected); "
                + "remove it to have a new one made, and give the new public key to the neighbours",
                exception);
        }
    }

    public void Dispose() => Certificate.Dispose();

    /// <summary>Whole or not at all, and never over a key that another process made in the meantime.</summary>
    private static void Create(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            };
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                stream.Flush(flushToDisk: true);
            }

            FileOwner.GiveToOwnerOf(folder, temporary);
            if (!FileName.TryLink(temporary, file) && !File.Exists(file))
            {
                File.Move(temporary, file, overwrite: false);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
