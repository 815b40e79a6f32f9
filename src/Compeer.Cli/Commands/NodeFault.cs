using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Commands;

/// <summary>What is said of a node on a command line and cannot be so: told before merlin.conf is touched.</summary>
internal static partial class NodeFault
{
    private const int LongestName = 253; // of a name in the DNS

    /// <summary>Why this is no name of a node; null when it can be one.</summary>
    public static string? OfName(string name) =>
        name.Length is 0 or > LongestName
        || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '{' or '}' or '#' or ';' or ',' or '"')
            ? $"\"{name}\" cannot be the name of a node: no blanks, control characters, braces, '#', ';', ',' or quotes, and at most "
                + $"{LongestName} characters"
            : null;

    /// <summary>Why this is no address; null when it can be one.</summary>
    public static string? OfAddress(string address) =>
        IPAddress.TryParse(address, out _) && (address.Contains(':', StringComparison.Ordinal) || DottedQuad().IsMatch(address))
            || (address.Length <= LongestName && HostName().IsMatch(address) && !NumbersOnly().IsMatch(address))
                ? null
                : $"\"{address}\" is neither a host name nor an IP address";

    /// <summary>Why this value cannot be; null when it can, or when the key is judged by merlin.conf's own rules.</summary>
    public static string? OfSetting(string key, string value, string merlinFolder) => key.ToUpperInvariant() switch
    {
        "ADDRESS" => OfAddress(value),
        "PUBLICKEY" => OfKeyFile(File.Exists(value) ? value : Path.Combine(merlinFolder, value)),
        _ => null,
    };

    /// <summary>A file that is not there yet may come; one that is there must hold a key.</summary>
    private static string? OfKeyFile(string file)
    {
        if (Directory.Exists(file))
        {
            return $"publickey: {file} is a folder";
        }

        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var key = ECDsa.Create();
            var text = File.ReadAllText(file);
            key.ImportFromPem(text);
            return text.Contains("PRIVATE KEY", StringComparison.Ordinal)
                ? $"publickey: {file} holds a private key; the file must hold what 'mon node key' prints on that node"
                : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return $"publickey: {file} does not hold a public key in the form that 'mon node key' prints";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"publickey: {file}: {SystemError.Words(e)}";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?$")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[0-9.]+$")]
    private static partial Regex NumbersOnly();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){3}$")]
    private static partial Regex DottedQuad();
}
