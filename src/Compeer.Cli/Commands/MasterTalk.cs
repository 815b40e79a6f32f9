using System.Collections.Immutable;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;

namespace Compeer.Cli.Commands;

/// <summary>One question to <c>mon slim-poller exchange</c> on another machine, over ssh.</summary>
internal static class MasterTalk
{
    private const string OtherEnd = "mon slim-poller exchange";
    private const int CommandNotFound = 127;

    /// <summary>For the master that is asked, which asks its peers.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(3);

    /// <summary>Asks it.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="MonException">There is none.</exception>
    public static async Task<ImmutableArray<KeyLine>> AskAsync(
        CommandContext context, RemoteNode node, PollerRegistration poller, CancellationToken cancellation)
    {
        var machine = context.Machine;
        using var conversation = SshConversation.Begin(
            machine.Ssh, node, OtherEnd, new NamedOutput(node.Name, machine.Streams.Error, new Lock()));
        try
        {
            await KeyLine.WriteAsync(conversation.Ask, poller.ToLines(), cancellation).ConfigureAwait(false);
            var answer = await KeyLine.ReadAsync(conversation.Answer, cancellation)
                .WaitAsync(AnswerLimit, context.Time, cancellation).ConfigureAwait(false);
            if (answer is { } heard)
            {
                return heard;
            }
        }
        catch (IOException)
        {
            // It has ended already, and its exit code tells more.
        }
        catch (TimeoutException)
        {
            throw new MonException($"{node.Name} gave no answer for {AnswerLimit.TotalMinutes:0} minutes");
        }

        var outcome = await conversation.EndAsync(node.Name, context.Time, cancellation).ConfigureAwait(false);
        throw new MonException(outcome switch
        {
            { NotReached: { } why } => $"{node.Name} is not reached: {why}",
            { ExitCode: CommandNotFound } => $"there is no mon on {node.Name}; install the package there first",
            _ => $"the mon of {node.Name} gave no answer (exit code {outcome.ExitCode})",
        });
    }
}
