using System.Collections.Immutable;
using Compeer.Cli.Commands;

namespace Compeer.Cli;

/// <summary>Every command. Help, parsing and the tests of both work from this one list.</summary>
internal static class CommandTable
{
    /// <summary>In the order in which help shows them.</summary>
    public static ImmutableArray<MonCommand> All { get; } =
    [
        new StartCommand(),
        new StopCommand(),
        new RestartCommand(),
        new ReloadCommand(),
        new StatusCommand(),
        new NodeAddCommand(),
        new NodeCtrlCommand(),
        new NodeInfoCommand(),
        new NodeKeyCommand(),
        new NodeListCommand(),
        new NodeRemoveCommand(),
        new NodeRunCommand(),
        new NodeShowCommand(),
        new NodeStatusCommand(),
        new NodeTreeCommand(),
        new SshkeyAccountCommand(),
        new SshkeyExchangeCommand(),
        new SshkeyFetchCommand(),
        new SshkeyPushCommand(),
        new OconfChangedCommand(),
        new OconfDiffCommand(),
        new OconfFetchCommand(),
        new OconfFilesCommand(),
        new OconfHashCommand(),
        new OconfNodesplitCommand(),
        new OconfOfferCommand(),
        new OconfPollerFixCommand(),
        new OconfPushCommand(),
        new OconfReceiveCommand(),
        new OconfRemoteFetchCommand(),
        new OconfRestoreCommand(),
        new OconfVerifyCommand(),
        new OconfVersionsCommand(),
        new EcmdJsonCommand(),
        new EcmdSearchCommand(),
        new EcmdSubmitCommand(),
        new LogShowCommand(),
        new QhGetCommand(),
        new QhQueryCommand(),
        new QueryLsCommand(),
        new QueryLsqCommand(),
        new CheckCoresCommand(),
        new CheckDistributionCommand(),
        new CheckExectimeCommand(),
        new CheckLatencyCommand(),
        new CheckOrphansCommand(),
        new CheckSpoolCommand(),
        new CheckStatusCommand(),
        new CheckTestCommand(),
        new DbBackupCommand(),
        new DbCheckCommand(),
        new DbVacuumCommand(),
        new IdGenerateCommand(),
        new RetentionImportCommand(),
        new SyncStatusCommand(),
        new SysconfCheckCommand(),
    ];
}
