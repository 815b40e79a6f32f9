namespace Compeer.Engine.Macros;

/// <summary>
/// What stands between two dollar signs. Grammar: <c>NAME</c>, <c>NAME:first</c> or <c>NAME:first:second</c>; the second
/// argument may hold colons itself.
/// </summary>
internal readonly ref struct MacroName
{
    private MacroName(ReadOnlySpan<char> name, ReadOnlySpan<char> first, ReadOnlySpan<char> second, int arguments)
    {
        Name = name;
        First = first;
        Second = second;
        Arguments = arguments;
    }

    /// <summary>The name.</summary>
    public ReadOnlySpan<char> Name { get; }

    /// <summary>The first argument: the name of a host, a group, a contact or a time period.</summary>
    public ReadOnlySpan<char> First { get; }

    /// <summary>The second: a service description, a delimiter or a time.</summary>
    public ReadOnlySpan<char> Second { get; }

    /// <summary>How many there are, 0 to 2.</summary>
    public int Arguments { get; }

    /// <summary>Splits the text.</summary>
    public static MacroName Parse(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            return new MacroName(text, default, default, 0);
        }

        var rest = text[(colon + 1)..];
        var second = rest.IndexOf(':');
        return second < 0
            ? new MacroName(text[..colon], rest, default, 1)
            : new MacroName(text[..colon], rest[..second], rest[(second + 1)..], 2);
    }
}
