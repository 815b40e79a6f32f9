using System.Collections.Immutable;

namespace Compeer.Cli.Transfer;

/// <summary>
/// A line of what two <c>mon</c> tell each other when a configuration goes from one to the other: <c>VERB TEXT</c>. A message is a
/// first line, such lines, and a last line. Lines whose verb is not known are skipped.
/// </summary>
/// <param name="Verb">What it is about.</param>
/// <param name="Text">The rest; without ends of lines.</param>
internal sealed record TransferLine(TransferVerb Verb, string Text)
{
    /// <summary>Between two parts of a text.</summary>
    public const char Separator = '\t';

    private const string First = "compeer-oconf 1";
    private const string Last = "end";
    private const int MostLines = 500_000;
    private const int LongestLine = 1 << 16;

    /// <summary>Writes a message.</summary>
    public static async Task WriteAsync(TextWriter writer, IEnumerable<TransferLine> lines, CancellationToken cancellation)
    {
        string[] all = [First, .. lines.Select(line => $"{line.Verb} {line.Text.ReplaceLineEndings(" ")}"), Last, ""];
        await writer.WriteAsync(string.Join('\n', all).AsMemory(), cancellation).ConfigureAwait(false);
        await writer.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads a message; null when the input ends before it does. What a shell says before it is skipped.</summary>
    public static async Task<ImmutableArray<TransferLine>?> ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var lines = ImmutableArray.CreateBuilder<TransferLine>();
        var begun = false;
        for (var read = 0; read < MostLines; read++)
        {
            if (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is not { Length: < LongestLine } line)
            {
                return null;
            }

            if (!begun)
            {
                begun = line == First;
            }
            else if (line == Last)
            {
                return lines.DrainToImmutable();
            }
            else if (line.Split(' ', 2) is [var word, var text] && Enum.TryParse<TransferVerb>(word, out var verb))
            {
                lines.Add(new TransferLine(verb, text));
            }
        }

        return null;
    }
}
