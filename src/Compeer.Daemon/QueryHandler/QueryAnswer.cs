using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary>What a handler answers.</summary>
/// <param name="Code">A code, which the client is told behind the text; 0 for none. From 300 on the connection ends.</param>
/// <param name="Text">What is sent first.</param>
/// <param name="EndsWithNul">Whether a zero byte ends the text; some of Naemon's and Merlin's do not have it.</param>
internal readonly record struct QueryAnswer(int Code, ReadOnlyMemory<byte> Text, bool EndsWithNul)
{
    /// <summary>Codes from here on mean that something is wrong.</summary>
    public const int FirstError = 300;

    /// <summary>A text, ended by a zero byte.</summary>
    public static QueryAnswer Said(string text) => new(0, ConfigurationText.Encode(text), EndsWithNul: true);

    /// <summary>Lines as Merlin sends them: the end of the connection ends them, or a zero byte where it stays open.</summary>
    public static QueryAnswer Lines(string text) => new(0, ConfigurationText.Encode(text), EndsWithNul: false);

    /// <summary>A code alone.</summary>
    public static QueryAnswer Coded(int code) => new(code, default, EndsWithNul: false);

    /// <summary>What a code means, in the words of Naemon's <c>qh_strerror</c>.</summary>
    public static string WordsOf(int code) => code switch
    {
        200 => "OK",
        400 => "Bad request",
        404 => "Not found",
        408 => "Request timed out",
        413 => "Request too large",
        500 => "Internal server error",
        501 => "Not implemented",
        503 => "Service unavailable",
        _ => "Unknown error",
    };
}
