using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>
/// Divides object files into shares of about equal size that can be parsed apart from each other: whole files, and parts of
/// large ones. The shares, one after the other, are the files in their order.
/// </summary>
internal static class FileShares
{
    /// <summary>The smallest share worth a worker of its own: below that, putting the results together costs more than a
    /// second worker saves.</summary>
    public const int SmallestShare = 256 << 10;

    /// <summary>At most <paramref name="count"/> shares, none of them much smaller than <paramref name="smallest"/>
    /// bytes.</summary>
    public static List<List<FilePart>> Divide(IReadOnlyList<SourceFile> files, int count, int smallest)
    {
        var bytes = files.Sum(file => (long)file.Content.Length);
        var size = Math.Max(smallest, (bytes + count - 1) / count);
        var shares = new List<List<FilePart>> { new() };
        long used = 0;
        foreach (var file in files)
        {
            var from = 0;
            var line = 1;
            while (size - used < file.Content.Length - from && EndOfPart(file.Content.Span, from, size - used) is { } end)
            {
                var content = file.Content[from..end];
                shares[^1].Add(new FilePart(file.Path, content, line));
                shares.Add([]);
                line += content.Span.Count((byte)'\n');
                from = end;
                used = 0;
            }

            shares[^1].Add(new FilePart(file.Path, file.Content[from..], line));
            used += file.Content.Length - from;
        }

        return shares;
    }

    /// <summary>
    /// The start of the first block at least so many bytes after <paramref name="from"/> of which it is certain, without
    /// what stands before, that no other block is open there: the last line before it that is neither blank nor a comment is
    /// a closing brace alone, and does not continue another line. Null when there is none.
    /// </summary>
    private static int? EndOfPart(ReadOnlySpan<byte> text, int from, long bytes)
    {
        var position = from + (int)Math.Max(bytes, 0);
        var isClosed = false;

        // Wherever the search begins, that line may be the rest of any other.
        var isContinued = true;
        while (position < text.Length)
        {
            var length = text[position..].IndexOf((byte)'\n');
            length = length < 0 ? text.Length - position : length + 1;
            var line = LineReader.Trim(text.Slice(position, length));
            if (isClosed && !isContinued && line.StartsWith("define"u8))
            {
                return position;
            }

            var isNothing = line.IsEmpty || line[0] == (byte)'#';
            isClosed = !isContinued && (line is [(byte)'}'] || (isClosed && isNothing));
            isContinued = !line.IsEmpty && line[^1] == (byte)'\\';
            position += length;
        }

        return null;
    }
}
