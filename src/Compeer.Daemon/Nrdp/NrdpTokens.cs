using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Compeer.Daemon.Nrdp;

/// <summary>The tokens that are taken, by their hashes. A comparison takes as long whatever is right of a token that is tried.</summary>
internal sealed class NrdpTokens(IEnumerable<string> forResults, IEnumerable<string> forCommands)
{
    private readonly ImmutableArray<byte[]> _results = [.. forResults.Select(Hash)];
    private readonly ImmutableArray<byte[]> _commands = [.. forCommands.Select(Hash)];

    /// <summary>Whether any token may give commands.</summary>
    public bool AllowsCommands => !_commands.IsEmpty;

    /// <summary>Whether whoever has this token may send results.</summary>
    public bool MaySendResults(string token) => IsIn(_results, token) | IsIn(_commands, token);

    /// <summary>Whether they may give external commands.</summary>
    public bool MayGiveCommands(string token) => IsIn(_commands, token);

    private static bool IsIn(ImmutableArray<byte[]> hashes, string token)
    {
        var tried = Hash(token);
        var isFound = false;
        foreach (var hash in hashes)
        {
            isFound |= CryptographicOperations.FixedTimeEquals(hash, tried);
        }

        return isFound;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
