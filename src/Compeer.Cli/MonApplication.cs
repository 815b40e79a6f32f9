using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Commands;
using Compeer.Cli.Help;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Diagnostics;
using Compeer.Platform.Errors;

namespace Compeer.Cli;

/// <summary>Finds the command that is meant, shows help, and turns every failure into one line and an exit code.</summary>
internal sealed class MonApplication(ImmutableArray<MonCommand> commands)
{
    private static readonly ParserConfiguration Configuration = new()
    {
        // "@file" is a valid node name or value here, and "-ab" is never two options.
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    private static string Version => typeof(MonApplication).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, CommandContext context, CancellationToken cancellation)
    {
        try
        {
            return await DispatchAsync(arguments, context, cancellation).ConfigureAwait(false);
        }
        catch (MonException e)
        {
            return Fail(context, "mon: " + e.Message, ExitCodes.Failure);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(context, "mon: interrupted", ExitCodes.Interrupted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files have their own words in MonException, so this is the output: a full disk, say.
            return Fail(context, "mon: the output cannot be written: " + SystemError.Words(e), ExitCodes.Failure);
        }
    }

    private async Task<int> DispatchAsync(string[] arguments, CommandContext context, CancellationToken cancellation)
    {
        var help = new HelpWriter(context.Out, commands);
        var words = arguments is ["help", .. string[] rest] ? [.. rest, "--help"] : arguments;
        if (words.Length == 0 || MonCommand.IsHelp(words[0]))
        {
            help.WriteOverview();
            return ExitCodes.Success;
        }

        if (words[0] is "--version")
        {
            context.Out.WriteLine($"mon {Version}");
            return ExitCodes.Success;
        }

        if (words[0] is "--completion" or "--manual")
        {
            return WriteForPackage(words, context);
        }

        ImmutableArray<MonCommand> category = [.. commands.Where(c => c.Help.Category == words[0])];
        if (category.IsEmpty)
        {
            return Find(null, words[0]) is { } command
                ? await RunCommandAsync(command, words[1..], help, context, cancellation).ConfigureAwait(false)
                : FailUnknown(context, words[0], "", TopLevelNames());
        }

        if (words.Length == 1 || MonCommand.IsHelp(words[1]))
        {
            help.WriteCategory(words[0]);
            return ExitCodes.Success;
        }

        return Find(words[0], words[1]) is { } inCategory
            ? await RunCommandAsync(inCategory, words[2..], help, context, cancellation).ConfigureAwait(false)
            : FailUnknown(context, words[1], words[0] + " ", category.Select(c => c.Help.Name));
    }

    /// <summary>What packages are made with; not in the help. Without a name, the names of all manual pages.</summary>
    private int WriteForPackage(string[] words, CommandContext context)
    {
        var pages = new ManualPages(context.Out, commands, Version);
        if (words is ["--manual"])
        {
            pages.WriteNames();
            return ExitCodes.Success;
        }

        var isKnown = words switch
        {
            ["--completion", var shell] => new CompletionScripts(context.Out, commands).TryWrite(shell),
            ["--manual", var page] => pages.TryWrite(page),
            _ => false,
        };
        return isKnown
            ? ExitCodes.Success
            : Fail(context, $"mon {words[0]}: there is none for {string.Join(' ', words[1..])}; usage: "
                + "mon --completion bash|zsh, mon --manual [PAGE]", ExitCodes.Usage);
    }

    private static async Task<int> RunCommandAsync(
        MonCommand command, string[] arguments, HelpWriter help, CommandContext context, CancellationToken cancellation)
    {
        if (command.AsksForHelp(arguments, context))
        {
            help.WriteCommand(command);
            return ExitCodes.Success;
        }

        var syntax = new Command(command.Help.Name);
        command.Define(syntax);

        // The parser passes over a first word that looks like the command itself: so that it is never an argument such as
        // "/var/spool" of "spool".
        var words = command.TakesWordsAsTheyStand ? ["--", .. arguments] : arguments;
        var parsed = syntax.Parse([command.Help.Name, .. words], Configuration);
        if (FindFault(parsed, syntax) is { } fault)
        {
            return command.Refuse(context, fault);
        }

        return await command.RunAsync(parsed, context, cancellation).ConfigureAwait(false);
    }

    private static string? FindFault(ParseResult parsed, Command syntax)
    {
        var unknownOptions = syntax.Arguments.Count == 0
            ? parsed.UnmatchedTokens
            : parsed.CommandResult.Tokens.Select(token => token.Value)
                .Where(value => value.StartsWith('-') && parsed.Tokens.All(t => t.Value != "--"))
                .Concat(parsed.UnmatchedTokens);
        var unknown = unknownOptions.FirstOrDefault();
        if (unknown is not null)
        {
            var kind = unknown.StartsWith('-') ? "option" : "argument";
            var name = unknown.Split('=')[0];
            return $"unknown {kind} \"{name}\"{SimilarName.Hint(name, syntax.Options.Select(option => option.Name))}";
        }

        var missing = syntax.Arguments.FirstOrDefault(
            argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 });
        if (missing is not null)
        {
            return $"say which {missing.Name}";
        }

        var empty = syntax.Options.FirstOrDefault(
            option => option.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(option) is { Implicit: false, Tokens.Count: 0 });
        if (empty is not null)
        {
            return $"{empty.Name} needs a value";
        }

        return parsed.Errors.Count == 0 ? null : parsed.Errors[0].Message.TrimEnd('.').ReplaceLineEndings(" ");
    }

    private MonCommand? Find(string? category, string name) =>
        commands.FirstOrDefault(c => c.Help.Category == category && c.Help.Name == name);

    private IEnumerable<string> TopLevelNames() =>
        commands.Select(c => c.Help.Category ?? c.Help.Name).Distinct(StringComparer.Ordinal);

    private static int FailUnknown(CommandContext context, string word, string category, IEnumerable<string> known) =>
        Fail(
            context,
            $"mon: unknown command \"{category}{word}\"{SimilarName.Hint(word, known)}; "
            + $"\"mon {category}--help\" lists the commands",
            ExitCodes.Usage);

    private static int Fail(CommandContext context, string line, int exitCode)
    {
        context.Error.WriteLine(line);
        return exitCode;
    }
}
