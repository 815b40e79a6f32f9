using System.Collections.Immutable;

namespace Compeer.Cli.Commands;

/// <summary>What help says about a command.</summary>
/// <param name="Category">The category; null for a command without one.</param>
/// <param name="Name">The command's name.</param>
/// <param name="Arguments">How arguments are written; empty when there are none.</param>
/// <param name="Summary">One line, for lists.</param>
internal sealed record CommandHelp(string? Category, string Name, string Arguments, string Summary)
{
    /// <summary>Exit codes of a command that has no others.</summary>
    public static ImmutableArray<(string Name, string Text)> UsualExitCodes { get; } =
        [("0", "done"), ("1", "failed, the reason is on standard error"), ("2", "the command line makes no sense")];

    /// <summary>Further lines, each at most 78 characters.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>Arguments and options with what they mean.</summary>
    public ImmutableArray<(string Name, string Text)> Options { get; init; } = [];

    /// <summary>Command lines that work as they stand.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>Exit codes with what they mean.</summary>
    public ImmutableArray<(string Name, string Text)> ExitCodes { get; init; } = UsualExitCodes;

    /// <summary>Category and name.</summary>
    public string Path => Category is null ? Name : $"{Category} {Name}";

    /// <summary>The command line.</summary>
    public string UsageLine => Arguments.Length == 0 ? $"mon {Path}" : $"mon {Path} {Arguments}";
}
