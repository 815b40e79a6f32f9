using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon slim-poller join</c></summary>
internal sealed class SlimPollerJoinCommand : MonCommand
{
    private readonly ContainerWords _words = new();

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "slim-poller",
        "join",
        "[--poller-name=NAME --poller-address=ADDRESS --hostgroups=NAME[,…] --master-name=NAME --master-address=ADDRESS …]",
        "In a container: register this poller at its masters, and get its configuration.")
    {
        Details =
        [
            "One connection of ssh to the master, which tells its peers. Both sides learn",
            "each other's link keys by it. merlin.conf here then has all masters, and all",
            "pollers of the same host groups as peers; those that the master does not have",
            "any more are taken out. This node makes itself a UUID (ipc_uuid) when it has",
            "none. At last this node's part of the configuration is fetched, as \"mon oconf",
            "fetch --sync\" does. It may be done again at any time; with this line in the",
            "module block of merlin.conf mond does so when masters or pollers come or go:",
            "  cluster_update = mon slim-poller join",
            "What is not given by an option is taken from the environment.",
        ],
        Options = ContainerWords.HelpOfJoin,
        Examples = ["mon slim-poller join && mon start"],
        ExitCodes =
        [
            ("0", "this node is registered; peers of the master that were not told are named"),
            ("1", "it is not, or it has no configuration; the reason is on standard error"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => _words.Define(syntax, isForJoin: true);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (_words.FindFault(arguments, isForJoin: true) is { } fault)
        {
            return FailUsage(context, fault);
        }

        var links = await LinkKeys.OpenAsync(context, cancellation).ConfigureAwait(false);
        var membership = new PollerMembership(context, _words.Master(arguments));
        var poller = new PollerRegistration(_words.PollerName(arguments))
        {
            Address = _words.PollerAddress(arguments),
            HostGroups = _words.HostGroups(arguments),
            Uuid = membership.OwnUuid(isMade: true)!,
            Key = links.Own,
            Everywhere = true,
        };
        if (poller.FindFault() is { } wrong)
        {
            return FailUsage(context, wrong);
        }

        var answer = await MasterTalk.AskAsync(context, membership.Master, poller, cancellation).ConfigureAwait(false);
        var code = RegistrationAnswer.Tell(context, Help.Path, answer);
        if (answer.All(line => line.Verb != KeyVerb.Register))
        {
            return code == ExitCodes.Success ? Fail(context, $"{membership.Master.Name} does not say what it did") : code;
        }

        membership.TakeUp(poller, answer, _words.MasterPort(arguments), _words.Files(arguments));
        return await membership.FetchAsync(cancellation).ConfigureAwait(false)
            ? ExitCodes.Success
            : Fail(context, "not all of the configuration came; what failed stays as it was");
    }
}
