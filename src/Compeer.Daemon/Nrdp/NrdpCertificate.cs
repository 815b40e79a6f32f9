using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Nrdp;

/// <summary>The certificate of NRDP: the one that the settings name, or one made here and kept, that nobody but who knows it
/// trusts.</summary>
internal static class NrdpCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    /// <summary>Loads it, or makes it.</summary>
    /// <param name="settings">What the settings name.</param>
    /// <param name="ownPath">Where the one made here is kept.</param>
    /// <param name="now">The time.</param>
    /// <param name="problem">Why there is none.</param>
    public static X509Certificate2Collection? Load(NrdpSettings settings, string ownPath, DateTimeOffset now, out string problem)
    {
        var path = settings.Certificate ?? ownPath;
        try
        {
            if (settings.Certificate is null && !File.Exists(ownPath))
            {
                Make(ownPath, now);
            }

            problem = "";
            return Import(path, settings.CertificateKey);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problem = WordsOf(fault, path, settings.CertificateKey);
            return null;
        }
    }

    /// <summary>Why the certificate that the settings name cannot be used; null when it can, when none is named, and when this user may
    /// not read it, who need not be the daemon's.</summary>
    public static string? ProblemOf(NrdpSettings settings)
    {
        try
        {
            if (settings.Certificate is { } path)
            {
                foreach (var certificate in Import(path, settings.CertificateKey))
                {
                    certificate.Dispose();
                }
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or CryptographicException or ArgumentException)
        {
            return WordsOf(fault, settings.Certificate!, settings.CertificateKey);
        }
    }

    private static X509Certificate2Collection Import(string path, string? keyPath)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        using var leaf = X509Certificate2.CreateFromPemFile(path, keyPath ?? path);
        if (chain.Count > 0)
        {
            chain.RemoveAt(0);
        }

        chain.Insert(0, X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), password: null));
        return chain;
    }

    private static string WordsOf(Exception fault, string path, string? keyPath) => fault switch
    {
        IOException or UnauthorizedAccessException => $"{path}: {SystemError.Words(fault)}",
        _ when keyPath is not null => $"{path} and {keyPath} are no certificate with its key, in PEM",
        _ => $"{path} is no certificate with its key, in PEM",
    };

    private static void Make(string path, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=NRDP", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Dns.GetHostName());
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var writer = new StreamWriter(new FileStream(unfinished, options)))
        {
            writer.WriteLine(certificate.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
