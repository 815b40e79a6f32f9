namespace Compeer.Cli.Transfer;

/// <summary>What a <see cref="TransferLine"/> is about.</summary>
internal enum TransferVerb
{
    /// <summary>What the machine that asks calls itself.</summary>
    From,

    /// <summary>A configuration with this hash is to be received.</summary>
    Configuration,

    /// <summary>The one object file of a poller is to be received.</summary>
    Objects,

    /// <summary>The folder that the configuration is to go to.</summary>
    Destination,

    /// <summary>Nothing is to be changed: only what would change is asked for.</summary>
    DryRun,

    /// <summary>A file is to be received: its path, a tab, and where it goes.</summary>
    File,

    /// <summary>A folder is to be received, likewise.</summary>
    Folder,

    /// <summary>The command line that is rsync for configurations.</summary>
    Rsync,

    /// <summary>The folder that a configuration is gathered in.</summary>
    Staging,

    /// <summary>The folder of the configuration.</summary>
    Root,

    /// <summary>A line of the manifest of what is there.</summary>
    Manifest,

    /// <summary>The folder for what is overwritten or deleted.</summary>
    Backup,

    /// <summary>Where a file or folder goes; one for each, in the order in which they were named, unless it is refused.</summary>
    Target,

    /// <summary>A file or folder that cannot be received, and why.</summary>
    Refused,

    /// <summary>What was received is to be put in place, and taken up.</summary>
    Install,

    /// <summary>What was received is to be put in place only.</summary>
    Place,

    /// <summary>Files were received that a reload is asked for.</summary>
    Reload,

    /// <summary>The folder with what is offered.</summary>
    Offered,

    /// <summary>A line for people.</summary>
    Said,

    /// <summary>What was done.</summary>
    Did,

    /// <summary>What failed.</summary>
    Failed,
}
