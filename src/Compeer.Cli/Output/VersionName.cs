using System.Globalization;

namespace Compeer.Cli.Output;

/// <summary>What a configuration is called where people read of it: its number, and enough of its hash to tell it from others.</summary>
internal static class VersionName
{
    /// <summary>Digits of a hash that are shown.</summary>
    public const int ShownHash = 12;

    /// <summary>For example "12 (4f5be1c20a77)".</summary>
    /// <param name="number">Its number; 0 when it has none or it is not known.</param>
    /// <param name="hash">Its hash.</param>
    public static string Of(long number, string hash) => number == 0
        ? Short(hash)
        : string.Create(CultureInfo.InvariantCulture, $"{number} ({Short(hash)})");

    /// <summary>The beginning of a hash.</summary>
    public static string Short(string hash) => hash.Length > ShownHash ? hash[..ShownHash] : hash;
}
