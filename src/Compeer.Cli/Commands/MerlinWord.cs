namespace Compeer.Cli.Commands;

/// <summary>Words of merlin.conf where a command may stand.</summary>
internal static class MerlinWord
{
    /// <summary>Whether it says that nothing is to be done.</summary>
    public static bool IsNo(string? value) => value?.ToUpperInvariant() is "NO" or "N" or "FALSE" or "OFF" or "0";
}
