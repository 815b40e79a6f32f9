using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Compeer.Daemon.Links;

/// <summary>
/// TLS 1.3 with both ends authenticated by pinned keys. Names, dates and issuers in the certificates are not looked
/// at: the key is the identity.
/// </summary>
internal static class LinkSecurity
{
    public static async Task<SslStream> AcceptAsync(
        Stream connection, NodeKey own, Func<byte[], bool> isKnown, CancellationToken cancellationToken)
    {
        var stream = new SslStream(connection, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = own.Certificate,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => isKnown(KeyOf(certificate)),
                },
                cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public static async Task<SslStream> ConnectAsync(
        Stream connection, NodeKey own, Func<byte[], bool> isExpected, CancellationToken cancellationToken)
    {
        var stream = new SslStream(connection, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "compeer",
                    ClientCertificates = [own.Certificate],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => own.Certificate,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => isExpected(KeyOf(certificate)),
                },
                cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>SubjectPublicKeyInfo of a certificate; empty when the other side showed none.</summary>
    private static byte[] KeyOf(X509Certificate? certificate)
    {
        switch (certificate)
        {
            case null:
                return [];
            case X509Certificate2 full:
                return full.PublicKey.ExportSubjectPublicKeyInfo();
            default:
                using (var loaded = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()))
                {
                    return loaded.PublicKey.ExportSubjectPublicKeyInfo();
                }
        }
    }
}
