namespace Compeer.Configuration.Diagnostics;

/// <summary>
/// <c># comments</c> are comments at the start of a line only; behind a value they are a part of it, for Naemon as well. Guides
/// have them there all the same, so what is refused for one says so.
/// </summary>
internal static class CommentHint
{
    private const string Text = "; a comment behind a value begins with ';'";

    /// <summary>The hint, or nothing when no such comment is in the value.</summary>
    public static string For(string value) =>
        value.StartsWith('#') || value.Contains(" #", StringComparison.Ordinal) || value.Contains("\t#", StringComparison.Ordinal)
            ? Text
            : "";
}
