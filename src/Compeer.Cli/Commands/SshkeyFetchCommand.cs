using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon sshkey fetch</c></summary>
internal sealed class SshkeyFetchCommand : MonCommand
{
    private readonly SshkeyDestinations _sources = new();
    private readonly Option<string> _outfile = new("--outfile", "-o");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "sshkey",
        "fetch",
        "[--outfile=FILE] [--replace] [--all|--type=TYPE[,TYPE …]] [name …]",
        "Let root and the monitor user of other nodes in at this one, by their ssh keys.")
    {
        Details =
        [
            "The public keys of root and of the user of mond at each node are appended to",
            "authorized_keys here: root's to that of both, that user's to that user's. They",
            "are made there where there are none. The link keys travel along as with \"mon",
            "sshkey push\".",
        ],
        Options = [("--outfile=FILE", "append them to this file instead"), .. SshkeyDestinations.Help],
        Examples = ["mon sshkey fetch --all"],
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
        syntax.Options.Add(_outfile);
        _sources.Define(syntax);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (_sources.Find(arguments, context, out var fault) is not { } nodes)
        {
            return FailUsage(context, fault);
        }

        var links = await LinkKeys.OpenAsync(context, cancellation).ConfigureAwait(false);
        using var exchange = new KeyExchange(context, links, _sources.Replaces(arguments));
        var accounts = new Accounts(context);
        foreach (var node in nodes)
        {
            if (await exchange.TellAsync(node, [new KeyLine(KeyVerb.Give, "")], cancellation).ConfigureAwait(false) is not { } answer)
            {
                continue;
            }

            var known = KeyExchange.HostsOf(node, answer);
            (var root, var user) = (KeyExchange.KeysOf(answer, KeyVerb.Key), KeyExchange.KeysOf(answer, KeyVerb.UserKey));
            if (arguments.GetValue(_outfile) is { } file)
            {
                Append(context, file, [.. root, .. user]);
                (root, user) = ([], []);
            }

            var own = new AccountTask(NeedsKey: false, accounts.OwnIsRoot ? root : [.. root, .. user], known);
            exchange.Tell(context.Machine.HostName, accounts.DoForOwn(own));
            var daemon = new AccountTask(NeedsKey: false, [.. root, .. user], known);
            exchange.Tell(context.Machine.HostName, await accounts.DoForDaemonAsync(daemon, cancellation).ConfigureAwait(false));
        }

        await exchange.EndAsync(cancellation).ConfigureAwait(false);
        return exchange.HasFailed ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static void Append(CommandContext context, string file, ImmutableArray<PublicSshKey> keys)
    {
        try
        {
            var missing = AuthorizedKeys.Missing(File.Exists(file) ? File.ReadAllText(file) : "", keys);
            File.AppendAllText(file, missing);
            context.Out.WriteLine(missing.Length > 0 ? $"wrote the keys to {file}" : $"the keys were already in {file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(file, e);
        }
    }
}
