namespace Compeer.Cli.Output;

/// <summary>Colours, or none.</summary>
/// <param name="Enabled">Whether to colour.</param>
internal sealed record Palette(bool Enabled)
{
    /// <summary>No colours: for pipes, files and tests.</summary>
    public static Palette None { get; } = new(Enabled: false);

    /// <summary>Colours when standard output is a terminal that can show them and nobody asked for none (no-color.org).</summary>
    public static Palette ForStandardOutput() => new(
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    /// <summary>All is well.</summary>
    public string Good(string text) => Colour(text, 32);

    /// <summary>Look at this.</summary>
    public string Doubtful(string text) => Colour(text, 33);

    /// <summary>This is a problem.</summary>
    public string Bad(string text) => Colour(text, 31);

    private string Colour(string text, int code) => Enabled ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
