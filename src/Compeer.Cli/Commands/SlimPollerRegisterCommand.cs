using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon slim-poller register</c></summary>
internal sealed class SlimPollerRegisterCommand : MonCommand
{
    private readonly Option<string> _name = new("--poller-name");
    private readonly Option<string> _address = new("--poller-address");
    private readonly Option<string> _uuid = new("--uuid");
    private readonly Option<string> _groups = new("--hostgroups");
    private readonly Option<string> _key = new("--public-key");
    private readonly Option<bool> _cluster = new("--cluster");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "slim-poller",
        "register",
        "--poller-name=NAME --poller-address=ADDRESS --uuid=UUID --hostgroups=NAME[,…] --public-key=FILE [--cluster]",
        "At a master: add a poller that comes and goes by itself.")
    {
        Details =
        [
            "The poller gets a block in merlin.conf: it dials this node (connect = no), is",
            "removed when it stays away (auto_delete = 300), nobody does its checks meanwhile",
            "(takeover = no), and its masters notify (notifies = no). Its key is kept. A",
            "poller of that name with the same UUID is the same one: its address, host groups",
            "and key are changed when they have changed. A running mond takes it up at once.",
            "What the poller runs itself is \"mon slim-poller join\".",
        ],
        Options =
        [
            ("--poller-name=NAME", "what it is called here"),
            ("--poller-address=ADDRESS", "host name or IP address"),
            ("--uuid=UUID", "its own id, ipc_uuid in its merlin.conf"),
            ("--hostgroups=NAME[,…]", "the host groups that it checks"),
            ("--public-key=FILE", "a file here with what \"mon node key\" prints there"),
            ("--cluster", "at all peers of this node, too, over ssh"),
        ],
        ExitCodes =
        [
            ("0", "it is registered, with --cluster everywhere"),
            ("1", "it is not, here or at a peer that is named; doing it again does what is left"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        foreach (var option in (Option[])[_name, _address, _uuid, _groups, _key, _cluster])
        {
            syntax.Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        foreach (var option in (Option<string>[])[_name, _address, _uuid, _groups, _key])
        {
            if (string.IsNullOrWhiteSpace(arguments.GetValue(option)))
            {
                return FailUsage(context, $"{option.Name} is missing");
            }
        }

        var poller = new PollerRegistration(arguments.GetValue(_name)!)
        {
            Address = arguments.GetValue(_address)!,
            Uuid = arguments.GetValue(_uuid)!,
            HostGroups = arguments.GetValue(_groups)!,
            Key = ReadKey(arguments.GetValue(_key)!),
            Everywhere = arguments.GetValue(_cluster),
        };
        return poller.FindFault() is { } fault
            ? FailUsage(context, fault)
            : RegistrationAnswer.Tell(
                context, Help.Path, await new PollerRegistrar(context).DoAsync(poller, cancellation).ConfigureAwait(false));
    }

    private static LinkKey ReadKey(string file)
    {
        try
        {
            return LinkKey.FromPem(File.ReadAllText(file))
                ?? throw new MonException($"{file} does not hold a public key in the form that 'mon node key' prints");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(file, e);
        }
    }
}
