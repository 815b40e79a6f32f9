using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary><c>mon sshkey account</c></summary>
internal sealed class SshkeyAccountCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "sshkey", "account", "", "Plumbing of the others: look after the ssh files of the user who runs it.")
    {
        Details =
        [
            "What root's \"mon sshkey\" runs as the user of mond, with the rights of that user",
            "alone. It reads on standard input what to do, and says what it did.",
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using var input = new StreamReader(context.Machine.Streams.Input);
        if (await KeyLine.ReadAsync(input, cancellation).ConfigureAwait(false) is not { } lines)
        {
            return Fail(context, "standard input does not say what to do; this is for \"mon sshkey push\" and \"fetch\" to use");
        }

        if (SystemUser.Find(SystemUser.EffectiveId) is not { } user)
        {
            return Fail(context, "this machine does not know the user that runs this");
        }

        var account = new SshAccount(user.Name, user.Home, context.Machine.HostName);
        await KeyLine.WriteAsync(context.Out, account.Do(AccountTask.FromLines(lines)), cancellation).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
