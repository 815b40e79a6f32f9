using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>A command of op5's <c>mon</c> that has nothing to do here: it says what takes its place.</summary>
/// <param name="category">Its category.</param>
/// <param name="name">Its name.</param>
/// <param name="instead">What takes its place, a sentence.</param>
/// <param name="isDone">Whether what it is for is so already; else its users have something to do, and it fails.</param>
internal sealed class InsteadCommand(string category, string name, string instead, bool isDone) : MonCommand
{
    private readonly Argument<string[]> _words = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>All of them.</summary>
    public static ImmutableArray<MonCommand> All { get; } =
    [
        new InsteadCommand(
            "db", "fixindexes", "the database has the indexes that it needs; \"mon db check\" looks through it", isDone: true),
        new InsteadCommand(
            "log",
            "import",
            "there is no database of the log: livestatus and \"mon log show\" read the log and its rotated files as they are",
            isDone: false),
        new InsteadCommand(
            "reportdata",
            "check-consistency",
            "there is no table report_data: the log is the history, in the tables log and statehist of livestatus",
            isDone: false),
        new InsteadCommand(
            "sysconf",
            "ramdisk",
            "results of checks touch no disk here; for performance data, mount a tmpfs where the configuration has its files",
            isDone: false),
        .. new[] { "dist", "pasv" }.Select(test => new InsteadCommand(
            "test", test, "the tests come with the sources, not with the program; \"mon check\" looks at this cluster", isDone: false)),
    ];

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(category, name, "", "Of op5's mon; says what takes its place.")
    {
        Details = [.. Lines(char.ToUpperInvariant(instead[0]) + instead[1..] + ".")],
        ExitCodes = isDone
            ? [("0", "nothing is to be done"), ("2", "the command line makes no sense")]
            : [("1", "always: it does nothing"), ("2", "the command line makes no sense")],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_words);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (!isDone)
        {
            return Task.FromResult(Fail(context, instead));
        }

        context.Out.WriteLine(instead);
        return Task.FromResult(ExitCodes.Success);
    }

    /// <summary>As lines of the help.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        const int Width = 78;
        while (text.Length > Width)
        {
            var end = text.LastIndexOf(' ', Width);
            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }
}
