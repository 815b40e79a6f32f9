using System.CommandLine;
using Compeer.Cli.Keys;

namespace Compeer.Cli.Commands;

/// <summary><c>mon slim-poller leave</c></summary>
internal sealed class SlimPollerLeaveCommand : MonCommand
{
    private readonly ContainerWords _words = new();

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "slim-poller",
        "leave",
        "[--poller-name=NAME --master-name=NAME --master-address=ADDRESS]",
        "In a container: take this poller out at its masters, and them out here.")
    {
        Details =
        [
            "What undoes \"mon slim-poller join\", for the end of a container: stop mond first.",
            "When the master is not reached, nothing is changed here either; it removes the",
            "poller by itself when that stays away (auto_delete).",
        ],
        Options = ContainerWords.Help,
        Examples = ["mon stop; mon slim-poller leave"],
        ExitCodes =
        [
            ("0", "it is gone everywhere"),
            ("1", "it is not, at the masters that are named"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => _words.Define(syntax, isForJoin: false);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (_words.FindFault(arguments, isForJoin: false) is { } fault)
        {
            return FailUsage(context, fault);
        }

        var membership = new PollerMembership(context, _words.Master(arguments));
        var poller = new PollerRegistration(_words.PollerName(arguments))
        {
            Leaves = true,
            Uuid = membership.OwnUuid(isMade: false) ?? "",
            Everywhere = true,
        };
        if (poller.FindFault() is { } wrong)
        {
            return FailUsage(context, wrong);
        }

        var answer = await MasterTalk.AskAsync(context, membership.Master, poller, cancellation).ConfigureAwait(false);
        var code = RegistrationAnswer.Tell(context, Help.Path, answer);
        if (answer.Any(line => line.Verb == KeyVerb.Deregister))
        {
            await membership.ForgetAsync(cancellation).ConfigureAwait(false);
        }

        return code;
    }
}
