using System.CommandLine;
using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>One command of <c>mon</c>.</summary>
internal abstract class MonCommand
{
    /// <summary>Name and help.</summary>
    public abstract CommandHelp Help { get; }

    /// <summary>Whether all words after the command are its own to understand: none is an option, and none is left out.</summary>
    public virtual bool TakesWordsAsTheyStand => false;

    /// <summary>Whether the words ask for the command's help.</summary>
    public virtual bool AsksForHelp(IReadOnlyList<string> words, CommandContext context) =>
        words.TakeWhile(word => word != "--").Any(IsHelp);

    /// <summary>Whether a word asks for help.</summary>
    public static bool IsHelp(string word) => word is "--help" or "-h" or "help";

    /// <summary>Adds the command's arguments and options to its syntax.</summary>
    public virtual void Define(Command syntax)
    {
    }

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public abstract Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation);

    /// <summary>Says that the command line makes no sense, in the way of this command.</summary>
    /// <returns>The exit code.</returns>
    public virtual int Refuse(CommandContext context, string fault) => FailUsage(context, fault);

    /// <summary>Says that the command line makes no sense.</summary>
    protected int FailUsage(CommandContext context, string message)
    {
        context.Error.WriteLine($"mon {Help.Path}: {message}; usage: {Help.UsageLine}");
        return ExitCodes.Usage;
    }

    /// <summary>Says what became of a configuration that the daemon was to take up.</summary>
    /// <param name="context">Where to say it.</param>
    /// <param name="answer">The daemon's answer.</param>
    /// <param name="done">What was done, when it was.</param>
    protected int Tell(CommandContext context, ApiAnswer<ConfigurationReload> answer, string done)
    {
        if (!answer.TryGet(out var reload, out var error))
        {
            return Fail(context, error.Message);
        }

        foreach (var diagnostic in reload.Diagnostics)
        {
            context.Error.WriteLine(diagnostic);
        }

        if (!reload.Applied)
        {
            return Fail(context, reload.Summary);
        }

        context.Out.WriteLine($"{done}: {reload.Summary}");
        return reload.NodesApplied
            ? ExitCodes.Success
            : Fail(context, "merlin.conf has errors; mond keeps the nodes it had");
    }

    /// <summary>Says that the command failed.</summary>
    protected int Fail(CommandContext context, string message)
    {
        context.Error.WriteLine($"mon {Help.Path}: {message}");
        return ExitCodes.Failure;
    }
}
