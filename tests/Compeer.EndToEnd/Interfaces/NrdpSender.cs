using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>Sends results to NRDP one by one, with the certificate that a node made.</summary>
internal sealed partial class NrdpSender : IDisposable
{
    private const string Taken = "1 checks processed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    /// <param name="port">NRDP's, of a node on this machine.</param>
    /// <param name="certificate">The file of its certificate.</param>
    public NrdpSender(int port, string certificate)
    {
        using var known = X509CertificateLoader.LoadCertificateFromFile(certificate);
        var bytes = known.RawData;
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetRawCertData().SequenceEqual(bytes) ?? false,
            },
        })
        {
            BaseAddress = new Uri($"https://127.0.0.1:{port}/nrdp/"),
            Timeout = Patience,
        };
    }

    /// <summary>Sends a critical result of a service.</summary>
    /// <returns>What is wrong with it; empty when it was taken.</returns>
    public async Task<string> SendAsync(string host, string service, string text)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = PassiveSenders.Token,
            ["cmd"] = "submitcheck",
            ["xml"] = $"<checkresults><checkresult type='service'><hostname>{host}</hostname><servicename>{service}</servicename>"
                + $"<state>2</state><output>{text}</output></checkresult></checkresults>",
        });
        using var answer = await _client.PostAsync(new Uri("", UriKind.Relative), form);
        var body = await answer.Content.ReadAsStringAsync();
        return Output().Match(body) is not { Success: true } match ? $"refused: {body}"
            : match.Groups[1].Value is var words && words == Taken ? "" : words;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<output>(.*)</output>", RegexOptions.Singleline)]
    private static partial Regex Output();
}
