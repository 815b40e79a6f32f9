using System.Globalization;

namespace Compeer.Cluster.Model;

/// <summary>The two halves of an id that is written as 32 hexadecimal digits.</summary>
internal static class HexadecimalHalves
{
    private const int HalfLength = 2 * sizeof(ulong);

    /// <summary>Reads them; false when the text is anything else than 32 hexadecimal digits.</summary>
    internal static bool TryRead(ReadOnlySpan<char> digits, out ulong upper, out ulong lower)
    {
        lower = 0;
        upper = 0;
        return digits.Length == 2 * HalfLength && TryReadHalf(digits[..HalfLength], out upper)
            && TryReadHalf(digits[HalfLength..], out lower);
    }

    private static bool TryReadHalf(ReadOnlySpan<char> digits, out ulong half) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out half);
}
