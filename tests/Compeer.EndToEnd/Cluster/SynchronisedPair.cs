using Compeer.Api;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Two running peers of which the first keeps something the same at the second: both are on one machine, so that a path has
/// another name at the other end.</summary>
internal sealed class SynchronisedPair(MonitorCluster cluster, TestFolder folder)
{
    public MonitorNode Sender => cluster[0];

    public MonitorNode Receiver => cluster[1];

    /// <summary>Where it is at the sender.</summary>
    public string Source { get; } = Directory.CreateDirectory(folder.File("a")).FullName + "/kept";

    /// <summary>Where it is at the receiver.</summary>
    public string Target { get; } = Directory.CreateDirectory(folder.File("b")).FullName + "/kept";

    /// <summary>What the receiver keeps of what is overwritten or deleted, with their content.</summary>
    public IReadOnlyList<string> Backups => FilesIn(Path.Combine(Receiver.Paths.VariableFolder, "sync", "backup"));

    /// <summary>Lets the sender send, and the receiver take, from now on.</summary>
    public void Configure(bool isAccepted = true)
    {
        AddTo(Sender, Receiver, $"{Source} {Target}");
        if (isAccepted)
        {
            AddTo(Receiver, Sender, $"{Target} = accept");
        }
    }

    /// <summary>Adds a line to the sync block of a node for another.</summary>
    public static void AddTo(MonitorNode node, MonitorNode other, string line)
    {
        var text = File.ReadAllText(node.Paths.MerlinConfiguration);
        var start = text.IndexOf($"peer {other.Name} {{\n", StringComparison.Ordinal) + $"peer {other.Name} {{\n".Length;
        File.WriteAllText(node.Paths.MerlinConfiguration, text.Insert(start, $"\tsync {{\n\t\t{line}\n\t}}\n"));
    }

    /// <summary>Waits until the receiver has a file with this content.</summary>
    public Task ArrivesAsync(string phase, string path, string content) => Eventually.HoldsAsync(
        phase,
        $"{path} has '{content}' at the receiver",
        Limits.LiveChange,
        () => !File.Exists(path) ? "it is not there" : File.ReadAllText(path) is var text && text == content ? null : $"it has '{text}'",
        Sender,
        Receiver);

    /// <summary>Waits until the sender says this of the path; gives all that it says.</summary>
    public async Task<SynchronisedPath> SaysAsync(string phase, bool isInStep, string text)
    {
        SynchronisedPath? said = null;
        await Eventually.HoldsAsync(
            phase,
            $"the sender says {(isInStep ? "in step" : "not in step")} and '{text}'",
            Limits.LiveChange,
            async () =>
            {
                said = (await Sender.NodeAsync(Receiver.Name)).Synchronised.FirstOrDefault(path => path.IsSent);
                var isSaid = said is not null && said.IsInStep == isInStep && said.Text.Contains(text, StringComparison.Ordinal);
                return isSaid ? null : $"{said}";
            },
            Sender,
            Receiver);
        return said!;
    }

    public static IReadOnlyList<string> FilesIn(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
