using System.Net;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Nrdp;

/// <summary>Reads <c>nrdp.cfg</c>. NRDP's own settings are a program in PHP; this file has the form of <c>nsca.cfg</c>.</summary>
internal static class NrdpSettingsReader
{
    /// <summary>The port when none is named; a web server has NRDP's own.</summary>
    public const int DefaultPort = 5669;

    private const int ShortToken = 12;

    /// <summary>Reads a file; null, with errors noted down in it, when it cannot be worked by.</summary>
    public static NrdpSettings? Read(SettingsFile file)
    {
        var address = IPAddress.Loopback;
        var port = DefaultPort;
        string? certificate = null;
        string? key = null;
        var allowed = AddressList.Everybody;
        List<string> results = [];
        List<string> commands = [];
        foreach (var line in file.Lines)
        {
            switch (line.Name)
            {
                case "server_address" when IPAddress.TryParse(line.Value, out var own):
                    address = own;
                    break;
                case "server_address":
                    file.Wrong(line, "it must be an address of this machine, 0.0.0.0 or ::");
                    break;
                case "server_port":
                    port = file.Number(line, 1, ushort.MaxValue) ?? port;
                    break;
                case "token":
                    results.Add(line.Text);
                    break;
                case "command_token":
                    commands.Add(line.Text);
                    break;
                case "certificate":
                    certificate = line.Text;
                    break;
                case "certificate_key":
                    key = line.Text;
                    break;
                case "allowed_hosts" when AddressList.Parse(line.Value, out var problem) is var list:
                    allowed = list ?? allowed;
                    if (list is null)
                    {
                        file.Wrong(line, problem);
                    }

                    break;
                default:
                    file.Wrong(line, "there is no such setting");
                    break;
            }
        }

        Check(file, [.. results, .. commands], certificate, key);
        return file.Errors.Count > 0
            ? null
            : new NrdpSettings(
                new IPEndPoint(address, port), new NrdpTokens(results, commands), certificate, key, allowed);
    }

    private static void Check(SettingsFile file, List<string> tokens, string? certificate, string? key)
    {
        if (tokens.Count == 0)
        {
            file.Wrong("token is not set: nobody could send anything");
        }

        if (file.IsOpenToOthers)
        {
            file.Wrong("everybody on this machine may read the tokens; chmod o-rwx");
        }

        if (key is not null && certificate is null)
        {
            file.Wrong("certificate_key is set, and certificate is not");
        }

        if (tokens.Any(token => token.Length < ShortToken))
        {
            file.Warn($"a token has less than {ShortToken} characters and can be guessed");
        }
    }
}
