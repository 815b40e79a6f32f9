using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary>The argument that says whether checks of hosts or of services are meant.</summary>
internal static class CheckKind
{
    public const string Host = "host";
    public const string Service = "service";

    /// <summary>What help says about it.</summary>
    public static (string Name, string Text) Help => ("host|service", "whose checks are looked at");

    /// <summary>A new argument for a command's syntax.</summary>
    public static Argument<string?> CreateArgument() => new("kind") { Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Whether a word is one of the two.</summary>
    public static bool IsOne(string word) => word is Host or Service;
}
