using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Remote;

namespace Compeer.Cli.Commands;

/// <summary>What a container is told about itself and its master: by options, or by the environment, under the names of op5's slim
/// poller.</summary>
internal sealed class ContainerWords
{
    private readonly Option<string> _pollerName = new("--poller-name");
    private readonly Option<string> _pollerAddress = new("--poller-address");
    private readonly Option<string> _groups = new("--hostgroups");
    private readonly Option<string> _masterName = new("--master-name");
    private readonly Option<string> _masterAddress = new("--master-address");
    private readonly Option<string> _masterPort = new("--master-port");
    private readonly Option<string> _files = new("--sync");

    /// <summary>What help says about those that all commands have.</summary>
    public static ImmutableArray<(string Name, string Text)> Help { get; } =
    [
        ("--poller-name=NAME", "what this node is called at its masters; or POLLER_NAME"),
        ("--master-name=NAME", "what the master is called here; or MASTER_NAME"),
        ("--master-address=ADDRESS", "where it is reached, also USER@ADDRESS; or MASTER_ADDRESS"),
    ];

    /// <summary>What help says about those of a poller that comes.</summary>
    public static ImmutableArray<(string Name, string Text)> HelpOfJoin { get; } =
    [
        .. Help,
        ("--master-port=PORT", "its port for links, 15551 when not given; or MASTER_PORT"),
        ("--poller-address=ADDRESS", "where this node is reached; or POLLER_ADDRESS"),
        ("--hostgroups=NAME[,…]", "the host groups that it checks; or POLLER_HOSTGROUPS"),
        ("--sync=PATH[,…]", "files and folders that the masters keep here; or FILES_TO_SYNC"),
    ];

    /// <summary>Adds the options to a command's syntax.</summary>
    public void Define(Command syntax, bool isForJoin)
    {
        Option<string>[] common = [_pollerName, _masterName, _masterAddress];
        foreach (var option in isForJoin ? [.. common, _pollerAddress, _groups, _masterPort, _files] : common)
        {
            syntax.Options.Add(option);
        }
    }

    /// <summary>What this node is called at its masters.</summary>
    public string PollerName(ParseResult arguments) => Find(arguments, _pollerName, "POLLER_NAME");

    /// <summary>Where this node is reached.</summary>
    public string PollerAddress(ParseResult arguments) => Find(arguments, _pollerAddress, "POLLER_ADDRESS");

    /// <summary>Its host groups, with commas.</summary>
    public string HostGroups(ParseResult arguments) => Find(arguments, _groups, "POLLER_HOSTGROUPS");

    /// <summary>The master's port for links; empty for the usual one.</summary>
    public string MasterPort(ParseResult arguments) => Find(arguments, _masterPort, "MASTER_PORT");

    /// <summary>Paths that the masters keep here.</summary>
    public ImmutableArray<string> Files(ParseResult arguments) =>
        [.. Find(arguments, _files, "FILES_TO_SYNC").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The master that is asked.</summary>
    public RemoteNode Master(ParseResult arguments) =>
        RemoteNode.Of(Find(arguments, _masterAddress, "MASTER_ADDRESS")) with { Name = Find(arguments, _masterName, "MASTER_NAME") };

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public string? FindFault(ParseResult arguments, bool isForJoin)
    {
        (Option<string> Option, string Variable)[] needed =
        [
            (_pollerName, "POLLER_NAME"),
            (_masterName, "MASTER_NAME"),
            (_masterAddress, "MASTER_ADDRESS"),
            .. isForJoin ? [(_pollerAddress, "POLLER_ADDRESS"), (_groups, "POLLER_HOSTGROUPS")] : Array.Empty<(Option<string>, string)>(),
        ];
        foreach (var (option, variable) in needed)
        {
            if (Find(arguments, option, variable).Length == 0)
            {
                return $"{option.Name} is missing, and {variable} is not set";
            }
        }

        var master = Master(arguments);
        return NodeFault.OfName(master.Name) ?? NodeFault.OfAddress(master.Address);
    }

    private static string Find(ParseResult arguments, Option<string> option, string variable) =>
        (arguments.GetResult(option) is null ? null : arguments.GetValue(option))
            ?? Environment.GetEnvironmentVariable(variable)
            ?? "";
}
