using System.Globalization;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Checks;

/// <summary>The ends of plugins wake no thread of the daemon that has nothing to do with them.</summary>
public sealed class ChildSignalTests : ClusterTest
{
    private const ulong ChildSignal = 1UL << (17 - 1);

    [Theory]
    [InlineData("itself")]
    [InlineData("mon start")]
    public async Task Daemon_StartedBy_HasTheSignalBlockedInAllItsThreads(string starter)
    {
        var node = Single(TracedSite(hosts: 4, services: 2, interval: 1));
        if (starter == "mon start")
        {
            (await node.MonAsync("start")).Expect(0);
            await node.WaitUntilAnsweringAsync();
        }
        else
        {
            await node.StartAsync();
        }

        await Eventually.HoldsAsync(
            "checks", "they run", Limits.Moment, async () => (await node.StatusAsync()).ChecksCompleted > 10 ? null : "not yet", node);

        var process = $"/proc/{node.Pid}";
        Assert.Equal("mond\n", await File.ReadAllTextAsync($"{process}/comm"));
        var words = (await File.ReadAllTextAsync($"{process}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(starter == "itself" ? [Programs.Mond] : [words[0], "--daemonize"], words);
        Assert.Contains($"MON_PREFIX={node.Paths.Prefix}\0", await File.ReadAllTextAsync($"{process}/environ"), StringComparison.Ordinal);
        Assert.All(Masks(process), mask => Assert.Equal(ChildSignal, mask & ChildSignal));
    }

    private static List<ulong> Masks(string process)
    {
        var masks = new List<ulong>();
        foreach (var thread in Directory.GetDirectories($"{process}/task"))
        {
            try
            {
                var line = File.ReadLines($"{thread}/status", Encoding.Latin1)
                    .First(line => line.StartsWith("SigBlk:", StringComparison.Ordinal));
                masks.Add(ulong.Parse(line["SigBlk:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // A thread that has ended meanwhile.
            }
        }

        Assert.NotEmpty(masks);
        return masks;
    }
}
