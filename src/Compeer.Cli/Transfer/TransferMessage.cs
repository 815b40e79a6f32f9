using System.Collections.Immutable;

namespace Compeer.Cli.Transfer;

/// <summary>Finds things in a message.</summary>
internal static class TransferMessage
{
    /// <summary>Whether there is such a line.</summary>
    public static bool Has(this ImmutableArray<TransferLine> message, TransferVerb verb) => message.Any(line => line.Verb == verb);

    /// <summary>The text of the first such line; null when there is none.</summary>
    public static string? Find(this ImmutableArray<TransferLine> message, TransferVerb verb) =>
        message.FirstOrDefault(line => line.Verb == verb)?.Text;
}
