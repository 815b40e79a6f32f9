using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Synchronisation;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Synchronisation;

/// <summary>A file or folder that this node sends to a neighbour.</summary>
/// <param name="entry">The line of the sync block.</param>
internal sealed class OutgoingPath(SyncEntry entry)
{
    /// <summary>The line of the sync block.</summary>
    public SyncEntry Entry { get; } = entry;

    /// <summary>Whether it is the part of the configuration that a poller gets. It has no place of its own there: its name is no
    /// absolute path, which a line of a sync block has to have.</summary>
    public bool IsPart => Entry.Destination == PollerMainFile.ObjectFile;

    /// <summary>What was found; null when it is not offered.</summary>
    public FileTree? Tree { get; private set; }

    /// <summary>The manifest of it.</summary>
    public byte[] Manifest { get; private set; } = [];

    /// <summary>What the neighbour is told; null when there is nothing to offer.</summary>
    public OfferedPath? Offer { get; private set; }

    /// <summary>Why it is not offered, or not all of it; empty when it is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>What the neighbour said of what it is offered now; null when it said nothing yet.</summary>
    public PathReport? Report { get; set; }

    /// <summary>When both had the same last.</summary>
    public DateTimeOffset? LastSame { get; set; }

    /// <summary>Takes what a look found, or why there is nothing to look at.</summary>
    /// <param name="scan">What was found.</param>
    /// <param name="hashOf">The hash of a manifest.</param>
    /// <param name="version">Of a poller's part, the configuration that it was made of.</param>
    public void Take(TreeScan scan, Func<byte[], string> hashOf, ConfigurationVersion? version)
    {
        var isFolder = scan.Tree.Root?.Kind == FileKind.Folder;
        Problem = scan.Fault.Length > 0 ? scan.Fault
            : scan.Tree.Root is null ? "there is no such file or folder here"
            : Entry.IsContents && !isFolder ? "it is no folder here, as the slash at its end says"
            : scan.LeftText;
        if (scan.Tree.Root is null || (Entry.IsContents && !isFolder))
        {
            Withdraw();
            return;
        }

        Tree = scan.Tree;
        Manifest = FileManifest.Encode(scan.Tree);
        if (Manifest.Length > FileManifest.MaxBytes)
        {
            Withdraw();
            Problem = $"the list of its files has {Manifest.Length} bytes; at most {FileManifest.MaxBytes} go over the link";
            return;
        }

        var offer = new OfferedPath(Entry.TargetOf(isFolder, isFolderThere: false), hashOf(Manifest)) { Version = version };
        if (offer != Offer)
        {
            Offer = offer;
            Report = null;
        }
    }

    /// <summary>Offers it no more.</summary>
    /// <param name="problem">Why; empty to leave what was said.</param>
    public void Refuse(string problem)
    {
        Withdraw();
        Problem = problem;
    }

    private void Withdraw() => (Tree, Manifest, Offer, Report) = (null, [], null, null);
}
