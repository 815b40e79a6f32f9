using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Storage;

/// <summary>What a node must not forget over a restart, when the file that has it is of no use.</summary>
public sealed class NodeStateTests : ClusterTest
{
    [Theory]
    [InlineData("")]
    [InlineData("no state of a node")]
    public async Task Start_NodeStateDamaged_SaysSoKeepsItAsideAndMonitors(string content)
    {
        var node = Single(TracedSite(hosts: 1, services: 0, interval: 1));
        var file = Path.Combine(node.Paths.VariableFolder, "node.state");
        await node.StartAsync();
        await Eventually.HoldsAsync("start", "the file is there", Limits.Moment, () => File.Exists(file) ? null : "it is not", node);
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
        await File.WriteAllTextAsync(file, content);

        await node.StartAsync();

        await Eventually.HoldsAsync(
            "start with a damaged file",
            "a warning says what became of it, the host is checked and a new file is written",
            Limits.Moment,
            async () => node.LogTexts.Any(line =>
                    line.StartsWith($"Warning: {file} cannot be used: ", StringComparison.Ordinal)
                    && line.EndsWith($"; kept as {file}.bad, and this node goes by what the others know of it", StringComparison.Ordinal))
                && (await node.ObjectAsync("h01:")).HasBeenChecked
                && File.Exists(file) && new FileInfo(file).Length > content.Length ? null : "not yet",
            node);
        Assert.Equal(content, await File.ReadAllTextAsync(file + ".bad"));
    }
}
