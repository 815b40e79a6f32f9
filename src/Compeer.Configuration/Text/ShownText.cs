namespace Compeer.Configuration.Text;

/// <summary>Values of files as messages show them.</summary>
internal static class ShownText
{
    /// <summary>The longest that is shown whole, in bytes.</summary>
    private const int Longest = 80;

    /// <summary>The value, cut when it is long.</summary>
    public static string Of(ReadOnlySpan<byte> value)
    {
        if (value.Length <= Longest)
        {
            return ConfigurationText.Decode(value);
        }

        // A character of UTF-8 that would be cut through is left out; what is no UTF-8 is cut anywhere.
        var end = Longest;
        while (end > Longest - 3 && (value[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return ConfigurationText.Decode(value[..end]) + "…";
    }
}
