using Compeer.Livestatus.Output;

namespace Compeer.Livestatus.Columns;

/// <summary>An element of a list: a text or number, its parts, or a dictionary.</summary>
/// <param name="Key">What a filter compares with.</param>
/// <param name="Value">A string, long or byte array; an array of those for parts; an array of pairs for a dictionary.</param>
internal readonly record struct ListItem(string Key, object Value)
{
    /// <summary>A name.</summary>
    public static ListItem Of(string name) => new(name, name);

    /// <summary>An element of several parts.</summary>
    public static ListItem OfParts(string key, params object[] parts) => new(key, parts);

    /// <summary>Writes it.</summary>
    public void Write(ValueWriter writer) => Write(Value, writer);

    private static void Write(object value, ValueWriter writer)
    {
        switch (value)
        {
            case string text:
                writer.Text(text);
                break;
            case byte[] bytes:
                writer.Text(bytes);
                break;
            case long number:
                writer.Number(number);
                break;
            case object[] parts:
                writer.BeginList();
                for (var i = 0; i < parts.Length; i++)
                {
                    if (i > 0)
                    {
                        writer.NextPart();
                    }

                    Write(parts[i], writer);
                }

                writer.EndList();
                break;
            case KeyValuePair<string, object>[] pairs:
                writer.BeginDictionary();
                for (var i = 0; i < pairs.Length; i++)
                {
                    if (i > 0)
                    {
                        writer.NextElement();
                    }

                    writer.Text(pairs[i].Key);
                    writer.NextValue();
                    Write(pairs[i].Value, writer);
                }

                writer.EndDictionary();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "no element of a list");
        }
    }
}
