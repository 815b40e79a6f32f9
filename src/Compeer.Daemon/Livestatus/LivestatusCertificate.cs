using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Livestatus;

/// <summary>What livestatus by TCP shows of itself: the certificate that the configuration names, or one that is made at first use and
/// kept, readable by its owner only.</summary>
internal static class LivestatusCertificate
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads it, or makes it.</summary>
    /// <param name="options">Which.</param>
    /// <param name="own">The file of the one that is made: certificate and key.</param>
    /// <exception cref="StartupException">It cannot be read, or is none.</exception>
    public static X509Certificate2 Load(LivestatusOptions options, string own)
    {
        var file = options.CertificateFile ?? own;
        try
        {
            if (options.CertificateFile is null && !File.Exists(own))
            {
                Make(own);
            }

            return X509Certificate2.CreateFromPemFile(file, options.KeyFile ?? file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"livestatus certificate {file}: {SystemError.Words(fault)}", fault);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new StartupException(
                $"livestatus certificate {file}: a certificate and its private key in PEM are needed (tls_certificate, tls_key)", fault);
        }
    }

    private static void Make(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Environment.MachineName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Environment.MachineName);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Encoding.ASCII.GetBytes(
                    $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
