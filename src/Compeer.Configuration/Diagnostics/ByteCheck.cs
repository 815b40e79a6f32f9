using Compeer.Configuration.Text;

namespace Compeer.Configuration.Diagnostics;

/// <summary>
/// Refuses files with NUL bytes, which are files in UTF-16 or no text at all. Naemon cuts each line there, and what was
/// behind is gone without a word.
/// </summary>
internal static class ByteCheck
{
    /// <summary>Whether the file is text; if it is not, that is an error, and its only one.</summary>
    public static bool IsText(SourceFile file, DiagnosticCollector diagnostics)
    {
        var content = file.Content.Span;
        var nul = content.IndexOf((byte)0);
        if (nul < 0)
        {
            return true;
        }

        var isUtf16 = content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        var line = 1 + content[..nul].Count((byte)'\n');
        diagnostics.Error(
            new SourcePosition(file.Path, line),
            isUtf16 ? "the file is in UTF-16; save it as UTF-8" : "a NUL byte; the file is not text");
        return false;
    }
}
