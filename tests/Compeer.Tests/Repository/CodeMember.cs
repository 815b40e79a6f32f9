using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>A method, constructor or operator with code, by the lines that it takes.</summary>
internal sealed partial record CodeMember(string Header, int FirstLine, int LastLine)
{
    private enum BlockKind
    {
        Type,
        Member,
        Other,
    }

    public int Length => LastLine - FirstLine + 1;

    /// <summary>
    /// The members with code directly inside types, found by braces: a block inside a type is a type by its keyword, and a
    /// method when parentheses but no assignment stand before it; or an arrow follows the parentheses.
    /// </summary>
    public static IEnumerable<CodeMember> Find(RepositoryFile file)
    {
        var code = CSharpText.Blank(file.Text);
        var blocks = new Stack<(BlockKind Kind, int Start)>();
        var member = 0;
        for (var i = 0; i < code.Length; i++)
        {
            var insideType = blocks.Count == 0 || blocks.Peek().Kind == BlockKind.Type;
            if (code[i] == '{')
            {
                var kind = insideType ? Classify(code[member..i]) : BlockKind.Other;
                blocks.Push((kind, member));
                member = kind == BlockKind.Type ? i + 1 : member;
            }
            else if (code[i] == '}' && blocks.TryPop(out var block))
            {
                if (block.Kind == BlockKind.Member)
                {
                    yield return Create(file, code, block.Start, i);
                }

                var ended = block.Kind != BlockKind.Other || !GoesOn(code.AsSpan(i + 1));
                var backInType = blocks.Count == 0 || blocks.Peek().Kind == BlockKind.Type;
                member = backInType && ended ? i + 1 : member;
            }
            else if (code[i] == ';' && insideType)
            {
                if (IsArrowMember(code.AsSpan(member, i - member)))
                {
                    yield return Create(file, code, member, i);
                }

                member = i + 1;
            }
        }
    }

    private static BlockKind Classify(string header)
    {
        if (TypeHeader().IsMatch(header))
        {
            return BlockKind.Type;
        }

        var isMethod = header.Contains('(', StringComparison.Ordinal)
            && (Assignment(header) < 0 || header.Contains(" operator ", StringComparison.Ordinal));
        return isMethod ? BlockKind.Member : BlockKind.Other;
    }

    private static bool IsArrowMember(ReadOnlySpan<char> statement)
    {
        var assignment = Assignment(statement);
        return assignment >= 0 && statement[assignment..].StartsWith("=>") && statement[..assignment].Contains('(');
    }

    // The first = that is not inside parentheses or brackets (a default value, an attribute's property).
    private static int Assignment(ReadOnlySpan<char> code)
    {
        var depth = 0;
        for (var i = 0; i < code.Length; i++)
        {
            depth += code[i] is '(' or '[' ? 1 : code[i] is ')' or ']' ? -1 : 0;
            if (code[i] == '=' && depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    // After the braces of an initialiser, a switch expression or a property pattern the member goes on.
    private static bool GoesOn(ReadOnlySpan<char> rest) =>
        rest.TrimStart() is [var next, ..] && "=;,).]?".Contains(next, StringComparison.Ordinal);

    private static CodeMember Create(RepositoryFile file, string code, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(code[start]))
        {
            start++;
        }

        return new CodeMember(code[start..end].Split('\n')[0].Trim(), file.LineOf(start), file.LineOf(end));
    }

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record|namespace)\s+[\w.]+")]
    private static partial Regex TypeHeader();
}
