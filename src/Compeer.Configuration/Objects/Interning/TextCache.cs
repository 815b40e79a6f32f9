using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Interning;

/// <summary>
/// Strings of bytes, the same instance for the same bytes as long as nothing pushed it out: values that many objects repeat,
/// such as thresholds, take the room of one, and those that none repeats cost nothing but themselves.
/// </summary>
internal sealed class TextCache
{
    private const int Places = 1 << 12;

    private readonly string?[] _texts = new string?[Places];

    public string Get(ReadOnlySpan<byte> bytes)
    {
        ref var place = ref _texts[ByteHash.Of(bytes) & (Places - 1)];
        if (place is null || !Ascii.Equals(bytes, place))
        {
            place = ConfigurationText.Decode(bytes);
        }

        return place;
    }
}
