using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>What keys keep to on the wire.</summary>
internal static class WireText
{
    /// <summary>Another node's words, as one line of limited length.</summary>
    public static string Line(string words)
    {
        var line = string.Concat(words.Take(ProtocolLimits.MaxWords).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length > 0 && char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
    }

    /// <summary>A key, if it is one.</summary>
    /// <exception cref="FrameException">It is empty or too long.</exception>
    public static ReadOnlyMemory<byte> Key(ReadOnlyMemory<byte> key) => key.Length is >= 1 and <= ClusterObjects.MaxKeyBytes
        ? key
        : throw new FrameException($"a key of {key.Length} bytes; allowed are 1 to {ClusterObjects.MaxKeyBytes}");
}
