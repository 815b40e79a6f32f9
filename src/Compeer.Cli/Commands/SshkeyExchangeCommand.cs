using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon sshkey exchange</c></summary>
internal sealed class SshkeyExchangeCommand : MonCommand
{
    private const string ConnectionVariable = "SSH_CONNECTION";

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "sshkey", "exchange", "", "Plumbing of \"mon sshkey push\" and \"fetch\": the other end of the connection.")
    {
        Details =
        [
            "What they run on the other node over ssh. It takes the keys of the node that",
            "asks, gives those of this one, then takes the link keys of other nodes.",
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using var input = new StreamReader(context.Machine.Streams.Input);
        if (await KeyLine.ReadAsync(input, cancellation).ConfigureAwait(false) is not { } asked)
        {
            return Fail(context, "standard input does not say what to do; this is for \"mon sshkey push\" and \"fetch\" to use");
        }

        await KeyLine.WriteAsync(context.Out, await AnswerAsync(context, asked, cancellation).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);
        if (await KeyLine.ReadAsync(input, cancellation).ConfigureAwait(false) is { } others)
        {
            var links = await LinkKeys.OpenAsync(context, cancellation).ConfigureAwait(false);
            var replace = others.Any(line => line.Verb == KeyVerb.Replace);
            await KeyLine.WriteAsync(context.Out, others.SelectMany(line => Keep(links, line, replace)), cancellation)
                .ConfigureAwait(false);
        }

        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<KeyLine>> AnswerAsync(
        CommandContext context, ImmutableArray<KeyLine> asked, CancellationToken cancellation)
    {
        try
        {
            string[] names = [.. Texts(asked, KeyVerb.From).Where(name => IsOfAnother(name, context)), .. OtherEnd()];
            var gives = asked.Any(line => line.Verb == KeyVerb.Give);
            var known = names.SelectMany(name => KeyExchange.KeysOf(asked, KeyVerb.HostKey).Select(key => new KnownHost(name, key)));
            var accounts = new Accounts(context);
            var answer = new List<KeyLine>();
            (var of, var ofUser) = (KeyExchange.KeysOf(asked, KeyVerb.Key), KeyExchange.KeysOf(asked, KeyVerb.UserKey));

            // The user of a node's daemon is let in by the user of this one's, and root by both; never the user by root.
            var own = accounts.DoForOwn(new AccountTask(gives, accounts.OwnIsRoot ? of : [.. of, .. ofUser], [.. known]));
            var daemon = await accounts
                .DoForDaemonAsync(new AccountTask(gives, [.. of, .. ofUser], [.. known]), cancellation).ConfigureAwait(false);
            answer.AddRange(accounts.OwnIsRoot ? own : OfUser(own));
            answer.AddRange(OfUser(daemon));
            answer.AddRange(HostKeys.Read().Select(key => new KeyLine(KeyVerb.HostKey, key.ToString())));
            var links = await LinkKeys.OpenAsync(context, cancellation).ConfigureAwait(false);
            answer.Add(new KeyLine(KeyVerb.Link, links.Own.ToString()));
            if (Texts(asked, KeyVerb.Link).Select(LinkKey.Parse).FirstOrDefault() is { } link)
            {
                answer.AddRange(links.Keep(names, link, asked.Any(line => line.Verb == KeyVerb.Replace)));
            }

            return answer;
        }
        catch (MonException e)
        {
            return [new KeyLine(KeyVerb.Failed, e.Message)];
        }
    }

    private static IEnumerable<KeyLine> OfUser(IEnumerable<KeyLine> lines) =>
        lines.Select(line => line.Verb == KeyVerb.Key ? line with { Verb = KeyVerb.UserKey } : line);

    /// <summary>A machine that was cloned, or that has no name, calls itself what this one is called.</summary>
    private static bool IsOfAnother(string name, CommandContext context) =>
        NodeFault.OfName(name) is null
        && !string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(name, context.Machine.HostName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address that the connection comes from, see ssh(1).</summary>
    private static IEnumerable<string> OtherEnd() =>
        Environment.GetEnvironmentVariable(ConnectionVariable)?.Split(' ') is [{ Length: > 0 } address, ..] ? [address] : [];

    /// <summary>A line <c>Link NAME KEY</c> about another node.</summary>
    private static IEnumerable<KeyLine> Keep(LinkKeys links, KeyLine line, bool replace) =>
        line.Verb == KeyVerb.Link && line.Text.Split(' ') is [var name, var encoded] && NodeFault.OfName(name) is null
            && LinkKey.Parse(encoded) is { } key
                ? links.Keep([name], key, replace)
                : [];

    private static IEnumerable<string> Texts(ImmutableArray<KeyLine> lines, KeyVerb verb) =>
        lines.Where(line => line.Verb == verb).Select(line => line.Text);
}
