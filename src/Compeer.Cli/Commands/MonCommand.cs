using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>One command of <c>mon</c>.</summary>
internal abstract class MonCommand
{
    /// <summary>Name and help.</summary>
    public abstract CommandHelp Help { get; }

    /// <summary>Adds the command's arguments and options to its syntax.</summary>
    public virtual void Define(Command syntax)
    {
    }

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public abstract Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation);

    /// <summary>Says that the command line makes no sense.</summary>
    protected int FailUsage(CommandContext context, string message)
    {
        context.Error.WriteLine($"mon {Help.Path}: {message}; usage: {Help.UsageLine}");
        return ExitCodes.Usage;
    }

    /// <summary>Says that the command failed.</summary>
    protected int Fail(CommandContext context, string message)
    {
        context.Error.WriteLine($"mon {Help.Path}: {message}");
        return ExitCodes.Failure;
    }
}
