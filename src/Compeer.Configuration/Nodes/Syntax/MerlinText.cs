using System.Text;
using System.Text.Unicode;

namespace Compeer.Configuration.Nodes.Syntax;

/// <summary>
/// The bytes of merlin.conf as the parser sees them: one char a byte (Latin-1), so that offsets are byte offsets and
/// an edit gives all other bytes back. Pieces become real text one by one.
/// </summary>
internal static class MerlinText
{
    /// <summary>One char for each byte.</summary>
    public static string FromBytes(ReadOnlySpan<byte> content) => Encoding.Latin1.GetString(content);

    /// <summary>A piece as text: UTF-8 when it is valid, else Latin-1.</summary>
    public static string Decode(ReadOnlySpan<char> piece)
    {
        if (System.Text.Ascii.IsValid(piece))
        {
            return piece.ToString();
        }

        var bytes = new byte[piece.Length];
        Encoding.Latin1.GetBytes(piece, bytes);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : piece.ToString();
    }
}
