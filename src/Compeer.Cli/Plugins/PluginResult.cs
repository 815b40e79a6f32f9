using System.Collections.Immutable;

namespace Compeer.Cli.Plugins;

/// <summary>What a plugin found.</summary>
/// <param name="State">What it means.</param>
/// <param name="Text">One line for people.</param>
internal sealed record PluginResult(PluginState State, string Text)
{
    /// <summary>Values for graphs.</summary>
    public ImmutableArray<PerformanceValue> Performance { get; init; } = [];

    /// <summary>Further lines for people.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>The worse of two states, where what is not known is worse than what is well, and better than a warning.</summary>
    public static PluginState Worse(PluginState one, PluginState other) => Rank(one) >= Rank(other) ? one : other;

    /// <summary>Writes it as plugins do: the state, the line, and performance data behind a bar; then the further lines.</summary>
    /// <returns>The exit code.</returns>
    public int Write(TextWriter output)
    {
        var performance = Performance.IsEmpty ? "" : "|" + string.Join(' ', Performance);
        output.WriteLine($"{State.ToString().ToUpperInvariant()}: {Clean(Text)}{performance}");
        foreach (var line in Details)
        {
            output.WriteLine(Clean(line));
        }

        return (int)State;
    }

    private static int Rank(PluginState state) => state switch
    {
        PluginState.Ok => 0,
        PluginState.Unknown => 1,
        PluginState.Warning => 2,
        _ => 3,
    };

    /// <summary>A bar would begin performance data.</summary>
    private static string Clean(string text) => text.Replace('|', '/').ReplaceLineEndings(" ");
}
