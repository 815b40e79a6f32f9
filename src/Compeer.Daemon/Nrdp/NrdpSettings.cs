using System.Net;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Nrdp;

/// <summary>What <c>nrdp.cfg</c> says.</summary>
/// <param name="EndPoint">Address and port on which is listened (<c>server_address</c>, 127.0.0.1; <c>server_port</c>, 5669).</param>
/// <param name="Tokens">Who may send results (<c>token</c>), and commands too (<c>command_token</c>).</param>
/// <param name="Certificate">File with the certificate, and those between it and the root (<c>certificate</c>); null for one made
/// here.</param>
/// <param name="CertificateKey">File with its key (<c>certificate_key</c>); null when the other has it.</param>
/// <param name="AllowedHosts">Who may connect (<c>allowed_hosts</c>).</param>
internal sealed record NrdpSettings(
    IPEndPoint EndPoint, NrdpTokens Tokens, string? Certificate, string? CertificateKey, AddressList AllowedHosts);
