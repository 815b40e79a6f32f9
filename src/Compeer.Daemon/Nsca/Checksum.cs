namespace Compeer.Daemon.Nsca;

/// <summary>The CRC-32 of Ethernet and zip, as NSCA reckons it: polynomial 0xEDB88320, all bits turned at the beginning and at the
/// end.</summary>
internal static class Checksum
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Of these bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var value = uint.MaxValue;
        foreach (var part in bytes)
        {
            value = (value >> 8) ^ Table[(byte)(value ^ part)];
        }

        return ~value;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}
