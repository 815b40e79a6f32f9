using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary>What the commands of "oconf" share: the optional main configuration, and the object files it names.</summary>
internal abstract class OconfCommand : MonCommand
{
    private readonly Argument<string?> _file = new("file") { Arity = ArgumentArity.ZeroOrOne };

    /// <summary>What help says about the argument.</summary>
    protected static (string Name, string Text) FileHelp =>
        ("file", "main configuration; etc/naemon.cfg when not given, or etc/nagios.cfg when only that exists");

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_file);

    /// <summary>The main configuration that is meant.</summary>
    protected string FileOf(ParseResult arguments, CommandContext context) =>
        arguments.GetValue(_file) is { } file ? Path.GetFullPath(file) : context.Paths.FindMainConfiguration();

    /// <summary>The object files in the order of their paths' bytes; null after errors were written.</summary>
    protected async Task<IReadOnlyList<string>?> ListFilesAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var files = new List<string>();
        var exitCode = await context.Mond
            .RunAsync(["--files", FileOf(arguments, context)], files.Add, context.Error.WriteLine, cancellation)
            .ConfigureAwait(false);
        return exitCode == 0 ? files : null;
    }
}
