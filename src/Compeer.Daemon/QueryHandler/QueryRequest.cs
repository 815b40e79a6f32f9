using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary>A query: <c>[@|#]handler[ query]</c>, ended by a zero byte, as Naemon's <c>qh_input</c> reads it.</summary>
/// <param name="Handler">Which handler is meant.</param>
/// <param name="Query">What it is asked.</param>
/// <param name="KeepsAlive">Whether the connection stays open for another one (<c>@</c>).</param>
internal readonly record struct QueryRequest(string Handler, string Query, bool KeepsAlive)
{
    /// <summary>Most bytes of one.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Reads one, without its zero byte.</summary>
    public static QueryRequest Read(ReadOnlySpan<byte> bytes)
    {
        var text = ConfigurationText.Decode(bytes);
        var keepsAlive = text.StartsWith('@');
        text = keepsAlive || text.StartsWith('#') ? text[1..] : text;
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0
            ? new QueryRequest(text.TrimEnd('\n'), "", keepsAlive)
            : new QueryRequest(text[..blank], text[(blank + 1)..].TrimEnd('\n'), keepsAlive);
    }
}
