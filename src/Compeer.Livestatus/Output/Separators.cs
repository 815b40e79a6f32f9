namespace Compeer.Livestatus.Output;

/// <summary>What stands between the parts of a CSV answer (<c>Separators</c>).</summary>
/// <param name="Row">After each row.</param>
/// <param name="Field">Between columns.</param>
/// <param name="List">Between the elements of a list.</param>
/// <param name="Part">Between the parts of an element, such as host and service.</param>
internal readonly record struct Separators(byte Row, byte Field, byte List, byte Part)
{
    /// <summary>Those that hold when a request names none.</summary>
    public static Separators Default { get; } = new((byte)'\n', (byte)';', (byte)',', (byte)'|');
}
