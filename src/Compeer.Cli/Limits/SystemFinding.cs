using Compeer.Cli.Plugins;

namespace Compeer.Cli.Limits;

/// <summary>How a setting of the machine stands.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="State">What it means for mond.</param>
/// <param name="Value">What it is.</param>
/// <param name="Needed">What it should be, and why.</param>
/// <param name="Remedy">How it is changed.</param>
internal sealed record SystemFinding(string Name, PluginState State, string Value, string Needed, string Remedy)
{
    /// <summary>One line for people: what is, what is needed and, where that is not the same, what to do.</summary>
    public override string ToString() =>
        $"({Name}) {State.ToString().ToUpperInvariant()}: {Value}; {Needed}{(State == PluginState.Ok ? "" : $"; {Remedy}")}";
}
