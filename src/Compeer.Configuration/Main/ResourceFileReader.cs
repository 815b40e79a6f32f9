using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Main;

/// <summary>Reads resource files: lines <c>$USERn$=value</c>.</summary>
internal static class ResourceFileReader
{
    /// <summary>As many <c>$USERn$</c> macros as Naemon has.</summary>
    private const int MostUserMacros = 256;

    public static ImmutableDictionary<string, string> Read(IReadOnlyList<SourceFile> files, DiagnosticCollector diagnostics)
    {
        var values =
            ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var lines = new LineReader(ByteCheck.TextOf(file, diagnostics) is { } text ? text.Content.Span : [], semicolonComments: false);
            while (lines.Read())
            {
                var position = new SourcePosition(file.Path, lines.Line);
                var equals = lines.Text.IndexOf((byte)'=');
                if (equals < 0)
                {
                    // The line may hold a password: it is not shown.
                    diagnostics.Error(
                        position, $"expected $USERn$=value with n from 1 to {MostUserMacros}, found a line without '='");
                    continue;
                }

                var name = LineReader.Trim(lines.Text[..equals]);
                if (!TryMacro(name, out var macro))
                {
                    // Naemon passes over such lines without a word.
                    diagnostics.Warning(
                        position, $"'{ShownText.Of(name)}' has no effect; write $USERn$ with n from 1 to {MostUserMacros}");
                    continue;
                }

                values[macro] = ConfigurationText.Decode(LineReader.Trim(lines.Text[(equals + 1)..]));
            }
        }

        return values.ToImmutable();
    }

    private static bool TryMacro(ReadOnlySpan<byte> name, out string macro)
    {
        macro = "";
        if (name.Length < 7 || !name.StartsWith("$USER"u8) || name[^1] != (byte)'$'
            || NumberParser.ReadInteger(name[5..^1], out var complete) is var number && (!complete || number is < 1 or > MostUserMacros))
        {
            return false;
        }

        macro = string.Create(CultureInfo.InvariantCulture, $"USER{number}");
        return true;
    }
}
