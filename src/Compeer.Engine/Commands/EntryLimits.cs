using Compeer.Engine.Model;

namespace Compeer.Engine.Commands;

/// <summary>How long the words of comments, downtimes and acknowledgements may be.</summary>
internal static class EntryLimits
{
    /// <summary>Why these words are not taken; null when they are.</summary>
    public static string? Refusal(string author, string text) =>
        author.Length > EngineLimits.EntryAuthor ? $"the author is longer than {EngineLimits.EntryAuthor} characters"
        : text.Length > EngineLimits.EntryText ? $"the comment is longer than {EngineLimits.EntryText} characters"
        : null;
}
