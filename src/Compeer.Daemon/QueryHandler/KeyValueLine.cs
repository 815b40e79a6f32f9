using System.Globalization;
using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>key=value;key=value</c> with escapes, as Naemon's library has it in <c>kvvec_ekvstr.c</c>: a backslash before <c>;</c>,
/// <c>=</c> and itself, <c>\n</c>, <c>\r</c>, <c>\t</c>, and <c>\xNN</c> for every other byte that is not printable ASCII.</summary>
internal sealed class KeyValueLine
{
    private readonly StringBuilder _text = new();

    /// <summary>The pairs of a line; a part without <c>=</c> is a key without a value.</summary>
    public static IEnumerable<(string Key, string Value)> Read(string line)
    {
        var bytes = ConfigurationText.Encode(line);
        var (key, part) = ((string?)null, new List<byte>());
        for (var i = 0; i <= bytes.Length; i++)
        {
            if (i == bytes.Length || bytes[i] == ';')
            {
                if (key is not null || part.Count > 0)
                {
                    yield return (key ?? Text(part), key is null ? "" : Text(part));
                }

                key = null;
                part.Clear();
            }
            else if (bytes[i] == '=' && key is null)
            {
                key = Text(part);
                part.Clear();
            }
            else if (bytes[i] == '\\' && i + 1 < bytes.Length)
            {
                part.Add(Unescaped(bytes, ref i));
            }
            else
            {
                part.Add(bytes[i]);
            }
        }
    }

    /// <summary>Adds a pair.</summary>
    public KeyValueLine Add(string key, string value)
    {
        _text.Append(_text.Length > 0 ? ";" : "").Append(key).Append('=');
        foreach (var character in ConfigurationText.Encode(value))
        {
            _ = (char)character switch
            {
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                ';' or '=' or '\\' => _text.Append('\\').Append((char)character),
                < ' ' or > '~' => _text.Append(CultureInfo.InvariantCulture, $"\\x{character:x2}"),
                _ => _text.Append((char)character),
            };
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>The byte that an escape means; moves to the escape's last character.</summary>
    private static byte Unescaped(byte[] bytes, ref int at)
    {
        at++;
        if (bytes[at] == 'x' && at + 2 < bytes.Length
            && byte.TryParse(bytes.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            at += 2;
            return value;
        }

        return (char)bytes[at] switch
        {
            'n' => (byte)'\n',
            'r' => (byte)'\r',
            't' => (byte)'\t',
            _ => bytes[at],
        };
    }

    private static string Text(List<byte> bytes) => ConfigurationText.Decode(bytes.ToArray());
}
