using System.Collections.Immutable;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;

namespace Compeer.Cli.Commands;

/// <summary>
/// What <c>mon sshkey push</c> and <c>fetch</c> do. One connection a node: first, node by node, as ssh may ask for a password,
/// each is told the keys of this node and tells its own; then each is told the link keys of all the others, so that nodes that
/// never spoke to each other know each other.
/// </summary>
/// <param name="context">What a command works with.</param>
/// <param name="links">Link keys here.</param>
/// <param name="replace">Whether a link key may take another's place.</param>
internal sealed class KeyExchange(CommandContext context, LinkKeys links, bool replace) : IDisposable
{
    private const string OtherEnd = "mon sshkey exchange";
    private const int CommandNotFound = 127;

    /// <summary>A person has two minutes to give a password, see LoginGraceTime in sshd_config(5); the rest is the other mon's.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(3);

    /// <summary>For what needs no person.</summary>
    private static readonly TimeSpan TakeLimit = TimeSpan.FromMinutes(1);

    private readonly List<(RemoteNode Node, SshConversation Conversation)> _open = [];
    private readonly Lock _gate = new();

    /// <summary>The keys of one kind in an answer.</summary>
    public static ImmutableArray<PublicSshKey> KeysOf(IEnumerable<KeyLine> answer, KeyVerb verb) =>
        [.. answer.Where(line => line.Verb == verb).Select(line => PublicSshKey.Parse(line.Text)).OfType<PublicSshKey>()];

    /// <summary>The keys of a node's sshd, as ssh looks for them.</summary>
    public static ImmutableArray<KnownHost> HostsOf(RemoteNode node, IEnumerable<KeyLine> answer) =>
        [.. KeysOf(answer, KeyVerb.HostKey).Select(key => new KnownHost(KnownHost.NameOf(node.Address, node.Port), key))];

    /// <summary>Whether anything failed so far.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Tells a node what this one gives, and gives its answer.</summary>
    /// <returns>What it answered, told to people already; null when there was no answer, which was told, too.</returns>
    public async Task<ImmutableArray<KeyLine>?> TellAsync(
        RemoteNode node, IEnumerable<KeyLine> given, CancellationToken cancellation)
    {
        var machine = context.Machine;
        var conversation = SshConversation.Begin(
            machine.Ssh, node, OtherEnd, machine.HasTerminal ? null : new NamedOutput(node.Name, machine.Streams.Error, _gate));
        ImmutableArray<KeyLine>? answer = null;
        try
        {
            KeyLine[] lines =
            [
                .. NamesOf(machine.HostName).Select(name => new KeyLine(KeyVerb.From, name)),
                .. HostKeys.Read().Select(key => new KeyLine(KeyVerb.HostKey, key.ToString())),
                new(KeyVerb.Link, links.Own.ToString()),
                .. Replacing(),
                .. given,
            ];
            await KeyLine.WriteAsync(conversation.Ask, lines, cancellation).ConfigureAwait(false);
            answer = await KeyLine.ReadAsync(conversation.Answer, cancellation)
                .WaitAsync(AnswerLimit, context.Time, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It has ended already, and its exit code tells more.
        }
        catch (TimeoutException)
        {
            conversation.Dispose();
            Fail(node.Name, $"no answer for {AnswerLimit.TotalMinutes:0} minutes; given up, and nothing was taken from there");
            return null;
        }
        catch
        {
            conversation.Dispose();
            throw;
        }

        if (answer is not { } heard)
        {
            using (conversation)
            {
                var outcome = await conversation.EndAsync(node.Name, context.Time, cancellation).ConfigureAwait(false);
                if (outcome.ExitCode == ExitCodes.Interrupted)
                {
                    // Ctrl-C ended ssh; this program is told of it in the same moment, and ends by that.
                    await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellation).ConfigureAwait(false);
                }

                Fail(node.Name, outcome switch
                {
                    { NotReached: not null } => "not reached; nothing was done there",
                    { ExitCode: CommandNotFound } => "there is no mon on that machine; install the package there first",
                    _ => $"its mon gave no answer (exit code {outcome.ExitCode})",
                });
            }

            return null;
        }

        _open.Add((node, conversation));
        Tell(node.Name, heard);
        TakeLink(node, heard);
        return heard;
    }

    /// <summary>Tells every node the link keys of the others, and ends the connections.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        KeyLine[] all =
        [
            .. links.Configured().Select(known => new KeyLine(KeyVerb.Link, $"{known.Node.Name} {known.Key}")),
            .. Replacing(),
        ];
        await Task.WhenAll(_open.Select(async open =>
        {
            try
            {
                await KeyLine.WriteAsync(open.Conversation.Ask, all, cancellation).ConfigureAwait(false);
                var answer = await KeyLine.ReadAsync(open.Conversation.Answer, cancellation)
                    .WaitAsync(TakeLimit, context.Time, cancellation).ConfigureAwait(false);
                Tell(open.Node.Name, answer ?? [new KeyLine(KeyVerb.Failed, "it did not say whether it took the link keys of the others")]);
            }
            catch (IOException)
            {
                Fail(open.Node.Name, "it was lost before it had the link keys of the others");
            }
            catch (TimeoutException)
            {
                // It may never end either; disposing of the conversation ends it.
                Fail(open.Node.Name, "it does not say whether it took the link keys of the others; given up");
                return;
            }

            await open.Conversation.EndAsync(open.Node.Name, context.Time, cancellation).ConfigureAwait(false);
        })).ConfigureAwait(false);
    }

    /// <summary>Shows what was done at a machine and what failed there.</summary>
    public void Tell(string machine, IEnumerable<KeyLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Verb == KeyVerb.Did)
            {
                lock (_gate)
                {
                    context.Out.WriteLine($"{machine}: {line.Text}");
                }
            }
            else if (line.Verb == KeyVerb.Failed)
            {
                Fail(machine, line.Text);
            }
        }
    }

    public void Dispose() => _open.ForEach(open => open.Conversation.Dispose());

    private void Fail(string machine, string problem)
    {
        HasFailed = true;
        lock (_gate)
        {
            context.Error.WriteLine($"{machine}: {problem}");
        }
    }

    private void TakeLink(RemoteNode node, ImmutableArray<KeyLine> answer)
    {
        foreach (var key in answer.Where(line => line.Verb == KeyVerb.Link).Select(line => LinkKey.Parse(line.Text)).OfType<LinkKey>())
        {
            Tell(context.Machine.HostName, links.Keep([node.Name, node.Address], key, replace));
        }
    }

    /// <summary>The name of a machine without its domain, which most call it by, and with it.</summary>
    private static IEnumerable<string> NamesOf(string host) => new[] { host.Split('.')[0], host }.Distinct(StringComparer.Ordinal);

    private IEnumerable<KeyLine> Replacing() => replace ? [new KeyLine(KeyVerb.Replace, "")] : [];
}
