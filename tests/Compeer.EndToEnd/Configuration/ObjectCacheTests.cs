using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>The files with the resolved objects, which other programs read.</summary>
public sealed class ObjectCacheTests : ClusterTest
{
    [Fact]
    public async Task Start_WritesTheObjectCache()
    {
        var node = Single(TracedSite(hosts: 3, services: 2, interval: 60));
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "start",
            "the object cache has all services",
            Limits.Moment,
            () => Blocks(node.Paths.ObjectCacheFile, "service") == 6 ? null : "it has not",
            node);
        Assert.Equal(3, Blocks(node.Paths.ObjectCacheFile, "host"));
    }

    [Fact]
    public async Task Reload_WritesTheObjectCacheAnew()
    {
        var node = Single(TracedSite(hosts: 3, services: 2, interval: 60));
        await node.StartAsync();
        TracedSite(hosts: 4, services: 2, interval: 60).WriteTo(node);
        (await node.MonAsync("reload")).Expect(0);
        await Eventually.HoldsAsync(
            "reload",
            "the object cache has the new host's services",
            Limits.Moment,
            () => Blocks(node.Paths.ObjectCacheFile, "service") == 8 ? null : "it has not",
            node);
    }

    [Fact]
    public async Task Start_WithAnObjectCacheThatCannotBeWritten_WarnsAndMonitors()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        await File.AppendAllTextAsync(node.Paths.MainConfiguration, "object_cache_file=/proc/nowhere/objects.cache\n");
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "start",
            "a warning names the file",
            Limits.Moment,
            () => node.LogTexts.Any(line => line.StartsWith("Warning: object_cache_file /proc/nowhere/", StringComparison.Ordinal))
                ? null
                : "no warning",
            node);
        await Eventually.HoldsAsync(
            "start",
            "the service is checked",
            Limits.Moment,
            async () => (await node.ObjectAsync("h01:s1")).Output.Length > 0 ? null : "it is not",
            node);
    }

    [Fact]
    public async Task Precache_OfAGoodConfiguration_WritesItAndOfABadOneDoesNot()
    {
        var node = Single(TracedSite(hosts: 3, services: 2, interval: 60));
        var file = node.Paths.PrecachedObjectFile;
        var output = (await node.MondAsync("-vp", node.Paths.MainConfiguration)).Expect(0).Output;
        Assert.Contains("Total Errors:   0", output, StringComparison.Ordinal);
        Assert.Contains(file, output, StringComparison.Ordinal);
        Assert.Equal(6, Blocks(file, "service"));

        File.Delete(file);
        await File.AppendAllTextAsync(node.Paths.MainConfiguration, "cfg_file=absent.cfg\n");
        (await node.MondAsync("--precache")).Expect(1);
        Assert.False(File.Exists(file));
    }

    private static int Blocks(string file, string type) =>
        File.Exists(file) ? File.ReadLines(file).Count(line => line == $"define {type} {{") : 0;
}
