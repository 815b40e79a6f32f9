using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>
/// Turns object files into raw objects: blocks <c>define TYPE {</c> … <c>}</c> of directives, one on a line.
/// </summary>
/// <param name="raw">Where the objects go.</param>
/// <param name="diagnostics">Where the findings go.</param>
/// <param name="paths">The names of all files that are read.</param>
internal sealed class ObjectFileParser(RawConfiguration raw, DiagnosticCollector diagnostics, IReadOnlySet<string> paths)
{
    private readonly ObjectBlock _block = new(raw, diagnostics);
    private bool _isKnown;
    private bool _inBlock;
    private int _startLine;
    private string _file = "";

    public void Parse(FilePart part)
    {
        raw.Files.Add(part.Path);
        _file = part.Path;
        _inBlock = false;
        var wantsBrace = false;
        var lines = new LineReader(part.Content.Span, semicolonComments: true, part.FirstLine);
        while (lines.Read())
        {
            var text = lines.Text;
            if (_inBlock && IsDefine(text))
            {
                Error(_startLine, $"the block that starts here is not closed before the next one in line {lines.Line}; "
                    + "write '}' on a line of its own");
                End();
            }

            if (!_inBlock)
            {
                wantsBrace = Outside(text, lines.Line);
            }
            else if (wantsBrace && text[0] == (byte)'{')
            {
                wantsBrace = false;
                AfterBrace(LineReader.Trim(text[1..]), lines.Line);
            }
            else if (text is [(byte)'}'])
            {
                End();
            }
            else if (text[0] == (byte)'}')
            {
                Error(lines.Line, $"'}}' must stand alone on its line, found '{ShownText.Of(text)}'");
                End();
            }
            else
            {
                WarnWithoutBrace(ref wantsBrace);
                Add(text, lines.Line);
            }
        }

        if (_inBlock)
        {
            Error(_startLine, "the block that starts here is not closed before the end of the file; "
                + "write '}' on a line of its own");
            End();
        }
    }

    private static bool IsDefine(ReadOnlySpan<byte> text) =>
        text.StartsWith("define"u8) && text.Length > 6 && LineReader.IsBlank(text[6]);

    /// <summary>A line between blocks. True when a block began whose <c>{</c> is still to come.</summary>
    private bool Outside(ReadOnlySpan<byte> text, int line)
    {
        if (!text.StartsWith("define"u8))
        {
            if (ObjectFileIncludes.TryParse(_file, text, out var path, out var isDirectory))
            {
                CheckInclude(line, path, isDirectory);
            }
            else
            {
                Error(line, $"expected 'define TYPE {{', found '{ShownText.Of(text)}'");
            }

            return false;
        }

        var rest = LineReader.Trim(text[6..]);
        var end = rest.IndexOfAny(" \t{"u8);
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : LineReader.Trim(rest[end..]);
        Begin(word, line);
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] != (byte)'{')
        {
            Error(line, $"expected '{{' after 'define {ShownText.Of(word)}', found '{ShownText.Of(rest)}'");
            return false;
        }

        AfterBrace(LineReader.Trim(rest[1..]), line);
        return false;
    }

    /// <summary>The files included are among those given, or their reader did not ask <see cref="ObjectFileIncludes"/>.</summary>
    private void CheckInclude(int line, string path, bool isDirectory)
    {
        if (isDirectory && !paths.Any(p => p.StartsWith(path + "/", StringComparison.Ordinal)))
        {
            Warning(line, $"no file of the folder '{path}' was read");
        }
        else if (!isDirectory && !paths.Contains(path))
        {
            Error(line, $"the file '{path}' was not read");
        }
    }

    /// <summary>What follows <c>{</c> on its line: nothing, a comment, a directive, and perhaps the closing brace.</summary>
    private void AfterBrace(ReadOnlySpan<byte> rest, int line)
    {
        if (rest.IsEmpty || rest[0] == (byte)'#')
        {
            return;
        }

        var closes = rest[^1] == (byte)'}';
        var directive = closes ? LineReader.Trim(rest[..^1]) : rest;
        if (!directive.IsEmpty)
        {
            Add(directive, line);
        }

        if (closes)
        {
            End();
        }
    }

    private void Begin(ReadOnlySpan<byte> word, int line)
    {
        _inBlock = true;
        _startLine = line;
        _isKnown = ObjectTypeNames.TryParse(word, out var type);
        if (_isKnown)
        {
            _block.Begin(_file, type, line);
            if (type is ObjectType.HostExtendedInfo or ObjectType.ServiceExtendedInfo)
            {
                var now = type == ObjectType.HostExtendedInfo ? "host" : "service";
                Warning(line, $"define {ObjectTypeNames.NameOf(type)} is deprecated; put its directives into define {now}");
            }

            return;
        }

        Error(line, word.IsEmpty
            ? "no object type after 'define'; write 'define host {'"
            : $"'{ShownText.Of(word)}' is not an object type"
                + diagnostics.Suggest(ShownText.Of(word), ObjectTypeNames.All));
    }

    private void End()
    {
        if (_isKnown)
        {
            _block.End();
        }

        _inBlock = false;
    }

    private void WarnWithoutBrace(ref bool wantsBrace)
    {
        if (wantsBrace)
        {
            Warning(_startLine, "no '{' after define");
            wantsBrace = false;
        }
    }

    private void Add(ReadOnlySpan<byte> text, int line)
    {
        // The directives of an object of no known type have no known names either.
        if (_isKnown)
        {
            _block.Add(text, line);
        }
    }

    private void Error(int line, string message) => diagnostics.Error(new SourcePosition(_file, line), message);

    private void Warning(int line, string message) => diagnostics.Warning(new SourcePosition(_file, line), message);
}
