using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon sshkey push</c></summary>
internal sealed class SshkeyPushCommand : MonCommand
{
    private readonly SshkeyDestinations _destinations = new();
    private readonly Option<string> _key = new("--key", "-k");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "sshkey",
        "push",
        "[--key=FILE] [--replace] [--all|--type=TYPE[,TYPE …]] [name …]",
        "Let root and the monitor user of this node in at other nodes, by their ssh keys.")
    {
        Details =
        [
            "Their public keys go to the authorized_keys of root and of the user of mond at",
            "each node: root's to both, that user's to that user's. A key is made where there",
            "is none. The link keys of the nodes travel along, both ways, so that \"mon node",
            "add\" needs no publickey=. ssh asks for passwords, one node after the other.",
            "It may be done again at any time.",
        ],
        Options = [("--key=FILE", "give this public key, and no other"), .. SshkeyDestinations.Help],
        Examples = ["mon sshkey push --all", "mon sshkey push peer02"],
        ExitCodes =
        [
            ("0", "done everywhere"),
            ("1", "something failed, the reason is on standard error"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_key);
        _destinations.Define(syntax);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (_destinations.Find(arguments, context, out var fault) is not { } nodes)
        {
            return FailUsage(context, fault);
        }

        var links = await LinkKeys.OpenAsync(context, cancellation).ConfigureAwait(false);
        using var exchange = new KeyExchange(context, links, _destinations.Replaces(arguments));
        var accounts = new Accounts(context);
        var given = arguments.GetValue(_key) is { } file
            ? [new KeyLine(KeyVerb.Key, ReadKey(file).ToString())]
            : await OwnKeysAsync(accounts, context, exchange, cancellation).ConfigureAwait(false);
        foreach (var node in nodes)
        {
            if (await exchange.TellAsync(node, given, cancellation).ConfigureAwait(false) is { } answer)
            {
                var known = new AccountTask(NeedsKey: false, [], KeyExchange.HostsOf(node, answer));
                exchange.Tell(context.Machine.HostName, accounts.DoForOwn(known));
                exchange.Tell(
                    context.Machine.HostName, await accounts.DoForDaemonAsync(known, cancellation).ConfigureAwait(false));
            }
        }

        await exchange.EndAsync(cancellation).ConfigureAwait(false);
        return exchange.HasFailed ? ExitCodes.Failure : ExitCodes.Success;
    }

    /// <summary>The keys of root and of the user of mond; of another user who runs this, that one's alone.</summary>
    private static async Task<List<KeyLine>> OwnKeysAsync(
        Accounts accounts, CommandContext context, KeyExchange exchange, CancellationToken cancellation)
    {
        var task = new AccountTask(NeedsKey: true, [], []);
        var own = accounts.DoForOwn(task);
        var daemon = await accounts.DoForDaemonAsync(task, cancellation).ConfigureAwait(false);
        exchange.Tell(context.Machine.HostName, [.. own, .. daemon]);
        return
        [
            .. own.Where(line => line.Verb == KeyVerb.Key)
                .Select(line => accounts.OwnIsRoot ? line : line with { Verb = KeyVerb.UserKey }),
            .. daemon.Where(line => line.Verb == KeyVerb.Key).Select(line => line with { Verb = KeyVerb.UserKey }),
        ];
    }

    private static PublicSshKey ReadKey(string file)
    {
        try
        {
            return PublicSshKey.Parse(File.ReadAllText(file).Trim()) ?? throw new MonException($"{file} is no public ssh key");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(file, e);
        }
    }
}
