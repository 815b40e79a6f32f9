namespace Compeer.Engine.States;

/// <summary>The names of states as Naemon writes them.</summary>
internal static class StateNames
{
    /// <summary>OK, WARNING, CRITICAL or UNKNOWN.</summary>
    public static ReadOnlySpan<byte> Service(byte state) => state switch
    {
        0 => "OK"u8,
        1 => "WARNING"u8,
        2 => "CRITICAL"u8,
        _ => "UNKNOWN"u8,
    };

    /// <summary>UP, DOWN or UNREACHABLE.</summary>
    public static ReadOnlySpan<byte> Host(byte state) => state switch
    {
        0 => "UP"u8,
        1 => "DOWN"u8,
        _ => "UNREACHABLE"u8,
    };

    /// <summary>SOFT or HARD.</summary>
    public static ReadOnlySpan<byte> Type(bool soft) => soft ? "SOFT"u8 : "HARD"u8;
}
