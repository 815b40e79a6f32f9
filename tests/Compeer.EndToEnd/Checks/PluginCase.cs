using Compeer.Api;

namespace Compeer.EndToEnd.Checks;

/// <summary>A plugin, well-behaved or not, and what its service must show.</summary>
/// <param name="Name">The service.</param>
/// <param name="Command">Its command line; <c>$USER3$</c> is the test's folder.</param>
/// <param name="State">The state's name.</param>
/// <param name="Output">A regular expression for the whole output.</param>
internal sealed record PluginCase(string Name, string Command, string State, string Output)
{
    /// <summary>Null when the status is as expected.</summary>
    public string? Problem(CheckableStatus status) =>
        !status.HasBeenChecked ? $"{Name}: not checked"
        : status.State != State ? $"{Name}: {status.State} instead of {State}: '{Shortened(status.Output)}'"
        : !System.Text.RegularExpressions.Regex.IsMatch(status.Output, $"^(?:{Output})$")
            ? $"{Name}: '{Shortened(status.Output)}' instead of '{Output}'"
        : null;

    private static string Shortened(string text) => text.Length <= 200 ? text : $"{text[..200]}… ({text.Length} characters)";
}
