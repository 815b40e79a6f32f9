using Compeer.Configuration.Text;

namespace Compeer.Configuration.Diagnostics;

/// <summary>Refuses files in UTF-16, and cuts lines at NUL bytes as Naemon does, where what is behind is gone without a word.
/// </summary>
internal static class ByteCheck
{
    /// <summary>The file as it is read; null when it is no text, which is an error and its only one.</summary>
    public static SourceFile? TextOf(SourceFile file, DiagnosticCollector diagnostics)
    {
        var content = file.Content.Span;
        if (content.IndexOf((byte)0) < 0)
        {
            return file;
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            diagnostics.Error(new SourcePosition(file.Path, 1), "the file is in UTF-16; save it as UTF-8");
            return null;
        }

        return file with { Content = WithoutRests(file.Path, content, diagnostics) };
    }

    private static byte[] WithoutRests(string path, ReadOnlySpan<byte> content, DiagnosticCollector diagnostics)
    {
        var text = new List<byte>(content.Length);
        var line = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            line++;
            var whole = content[range];
            var nul = whole.IndexOf((byte)0);
            if (nul >= 0)
            {
                diagnostics.Warning(
                    new SourcePosition(path, line), "a NUL byte; what follows it on the line is not read");
            }

            text.AddRange(nul < 0 ? whole : whole[..nul]);
            text.Add((byte)'\n');
        }

        text.RemoveAt(text.Count - 1);
        return [.. text];
    }
}
