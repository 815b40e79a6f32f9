using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon slim-poller deregister</c></summary>
internal sealed class SlimPollerDeregisterCommand : MonCommand
{
    private readonly Option<string> _name = new("--poller-name");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "slim-poller", "deregister", "--poller-name=NAME", "At a master: remove a poller, here and at all peers of this node.")
    {
        Details =
        [
            "Its block in merlin.conf and its key are removed. One that is not there is done",
            "with. What the poller runs itself is \"mon slim-poller leave\".",
        ],
        Options = [("--poller-name=NAME", "what it is called here")],
        ExitCodes =
        [
            ("0", "it is gone everywhere"),
            ("1", "it is not, here or at a peer that is named; doing it again does what is left"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Options.Add(_name);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (arguments.GetValue(_name) is not { } name || string.IsNullOrWhiteSpace(name))
        {
            return FailUsage(context, $"{_name.Name} is missing");
        }

        var poller = new PollerRegistration(name) { Leaves = true, Everywhere = true };
        return poller.FindFault() is { } fault
            ? FailUsage(context, fault)
            : RegistrationAnswer.Tell(
                context, Help.Path, await new PollerRegistrar(context).DoAsync(poller, cancellation).ConfigureAwait(false));
    }
}
