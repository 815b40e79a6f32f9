using System.CommandLine;
using System.Text.RegularExpressions;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Commands;

namespace Compeer.Cli.Commands;

/// <summary><c>mon ecmd search</c></summary>
internal sealed class EcmdSearchCommand : MonCommand
{
    private readonly Argument<string[]> _patterns = new("pattern") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "ecmd", "search", "<pattern> …", "List the external commands whose names match, with their arguments.")
    {
        Details = ["Upper and lower case are the same."],
        Options = [("pattern", "a regular expression, or a part of a name")],
        Examples = ["mon ecmd search downtime", "mon ecmd search '^ACKNOWLEDGE.*SVC'"],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_patterns);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var patterns = arguments.GetValue(_patterns) ?? [];
        if (patterns.Length == 0)
        {
            return Task.FromResult(FailUsage(context, "there is no pattern"));
        }

        var expressions = new List<Regex>();
        foreach (var pattern in patterns)
        {
            try
            {
                expressions.Add(new Regex(
                    pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                return Task.FromResult(FailUsage(context, $"\"{pattern}\" is no regular expression"));
            }
        }

        var found = ExternalCommandTable.All.Where(format => expressions.Exists(expression => expression.IsMatch(format.Name))).ToList();
        found.ForEach(format => Write(context, format));
        return Task.FromResult(found.Count > 0 ? ExitCodes.Success : Fail(context, "no external command has such a name"));
    }

    /// <summary>Shows a command and its arguments.</summary>
    public static void Write(CommandContext context, CommandFormat format)
    {
        context.Out.WriteLine(context.Palette.Good(format.Name));
        context.Out.WriteLine(format.Arguments.IsEmpty ? "  This command takes no parameters" : $"  {CommandWords.Template(format)}");
    }
}
