using System.Buffers;
using System.Text;

namespace Compeer.Cli.Output;

/// <summary>
/// What one of several says, each line behind its name, written whole, so that lines of several never mix. Bytes stay as they
/// are. Without a name everything goes through as it comes.
/// </summary>
/// <param name="name">Whose lines they are; empty for whole lines without a name, null for one that speaks alone.</param>
/// <param name="target">Where they go.</param>
/// <param name="gate">Held while a line is written; the same one for all that share a terminal.</param>
internal sealed class NamedOutput(string? name, Stream target, Lock gate)
{
    /// <summary>A longer line is written in pieces.</summary>
    private const int LongestLine = 1 << 16;

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(string.IsNullOrEmpty(name) ? "" : name + ": ");
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (name is null)
        {
            lock (gate)
            {
                target.Write(bytes);
            }

            return;
        }

        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            _line.Write(piece);
            bytes = bytes[(end < 0 ? bytes.Length : end + 1)..];
            if (end >= 0 || _line.WrittenCount >= LongestLine)
            {
                WriteLine();
            }
        }
    }

    /// <summary>Writes what is left of a line without an end.</summary>
    public void Finish()
    {
        if (_line.WrittenCount > 0)
        {
            WriteLine();
        }
    }

    private void WriteLine()
    {
        byte[] whole = [.. _prefix, .. _line.WrittenSpan, (byte)'\n'];
        _line.ResetWrittenCount();
        lock (gate)
        {
            target.Write(whole);
        }
    }
}
