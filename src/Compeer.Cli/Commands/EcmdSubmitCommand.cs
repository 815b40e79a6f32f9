using System.CommandLine;
using System.Globalization;
using System.Text;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Commands;
using Compeer.Platform.Files;

namespace Compeer.Cli.Commands;

/// <summary><c>mon ecmd submit</c></summary>
internal sealed class EcmdSubmitCommand : MonCommand
{
    private readonly Argument<string[]> _words = new("words") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _pipe = new("--pipe-path");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "ecmd", "submit", "[--pipe-path=<file>] <command> [value …|name=value …]", "Give mond an external command.")
    {
        Details =
        [
            "The command is written into the pipe that mond reads (command_file of the main",
            "configuration). What mond makes of it is in its log. A service is written as",
            "'HOST;SERVICE'. \"mon ecmd search\" lists commands and their arguments.",
        ],
        Options =
        [
            ("command", "its name, in any case"),
            ("value", "the arguments in order"),
            ("name=value", "or each by its name, in any order"),
            ("--pipe-path=FILE", "another pipe"),
        ],
        Examples =
        [
            "mon ecmd submit disable_host_check web01",
            "mon ecmd submit add_svc_comment service='web01;PING' persistent=1 author='John Doe' comment='the comment'",
            "mon ecmd submit add_svc_comment 'web01;PING' 1 'John Doe' 'the comment'",
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_words);
        syntax.Options.Add(_pipe);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        Task.FromResult(Run(arguments.GetValue(_words) ?? [], arguments.GetValue(_pipe), context));

    private int Run(string[] words, string? pipe, CommandContext context)
    {
        if (words.Length == 0)
        {
            return FailUsage(context, "there is no command");
        }

        if (ExternalCommandTable.Find(words[0].ToUpperInvariant()) is not { } format)
        {
            return FailUsage(context, $"there is no external command \"{words[0]}\"; \"mon ecmd search\" lists those that are like it");
        }

        if (CommandWords.Compose(format, words[1..], out var fault) is not { } command)
        {
            return FailUsage(context, fault);
        }

        var time = context.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var line = Encoding.UTF8.GetBytes($"[{time}] {command}\n");
        if (line.Length > PipeWriter.Longest)
        {
            return Fail(context, $"the command has {line.Length} bytes; at most {PipeWriter.Longest} are written");
        }

        var main = context.Paths.FindMainConfiguration();
        if ((pipe ?? PathSetting.In(main, "command_file")) is not { } path)
        {
            return Fail(context, $"{main} has no command_file, so mond takes no commands; add one, or name a pipe with --pipe-path");
        }

        if (PipeWriter.Write(path, line) is { } problem)
        {
            return Fail(context, $"not submitted: {problem}");
        }

        context.Out.WriteLine($"{context.Palette.Good("OK")}: Successfully submitted {command} for processing");
        return ExitCodes.Success;
    }
}
