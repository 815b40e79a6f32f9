using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compeer.Cluster.Wire.Proto;
using Compeer.EndToEnd.Harness;
using Google.Protobuf;

namespace Compeer.EndToEnd.Cluster;

/// <summary>
/// A peer whose key is right and whose configuration is not: names that lead elsewhere, a million files, gigabytes, content that is
/// not what it is called, objects that are none. It is not taken up, nothing is written outside, the disk and the memory stay as they
/// were, the status says what was refused and why, and when it is gone everything goes on.
/// </summary>
public sealed class HostileConfigurationTests : ClusterTest
{
    private const string Good = "define command {\n  command_name  evil\n  command_line  /bin/true\n}\n";

    [Theory]
    [InlineData("a name that leads out", "../evil.cfg")]
    [InlineData("a name that leads out on the way", "objects/../../evil.cfg")]
    [InlineData("a name through a link", "objects/out/evil.cfg")]
    [InlineData("a name that is a file of the monitor's", "naemon.cfg")]
    [InlineData("a million files", "")]
    [InlineData("gigabytes", "objects/evil.cfg")]
    [InlineData("an endless manifest", "")]
    [InlineData("a file that is not what it is called", "objects/evil.cfg")]
    [InlineData("objects that are none", "objects/evil.cfg")]
    public async Task Configuration_OfAHostilePeer_IsNotTakenUp(string what, string name)
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 8, services: 1, interval: 2), peers: 2);
        var third = await cluster.AddNodeAsync();
        await cluster.IntroduceAsync(cluster[0], third);
        await cluster.WaitUntilAgreedAsync("a third node configured", Limits.LiveChange, cluster[0], cluster[1]);
        var elsewhere = Directory.CreateDirectory(Folder.File("elsewhere")).FullName;
        foreach (var node in cluster.Nodes.Take(2))
        {
            Directory.CreateSymbolicLink(Path.Combine(node.Paths.ConfigurationFolder, "objects", "out"), elsewhere);
        }

        using var health = await ClusterHealth.WatchAsync(cluster);
        var before = Picture(cluster[0]);
        var attack = Attack.Make(what, name, ManifestOf(cluster[0], (await cluster[0].NodesAsync()).Nodes[0].ConfigurationHash));

        using (var hostile = await ForeignPeer.JoinAsync(third, cluster[0], attack.Hash, attack.Give))
        {
            await Eventually.HoldsAsync(
                what,
                "the status says that it is refused, and why",
                Limits.Agreement,
                async () => (await cluster[0].NodesAsync()).Nodes[0] is { Refused: { } refused } && refused.Hash == attack.Hash
                    && refused.Reason.Contains(attack.Reason, StringComparison.Ordinal)
                        ? null
                        : $"{(await cluster[0].NodesAsync()).Nodes[0].Refused}; {hostile.Asked} pieces were asked for",
                cluster[0]);
            var status = (await cluster[0].MonAsync("node", "status")).Expect(1).Output;
            Assert.Contains($"\nRefused: 2 ({attack.Hash[..12]}): ", status, StringComparison.Ordinal);
        }

        await health.AssertGoodAsync($"after {what}");
        Assert.Equal(before, Picture(cluster[0]));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Assert.InRange(SizeOf(Path.Combine(cluster[0].Paths.VariableFolder, "configuration")), 0, 64 << 20);
        Assert.Null((await cluster[0].NodesAsync()).Nodes[0].Refused);
    }

    /// <summary>Every file of a node that is no part of what changes while it runs, with its content.</summary>
    private static Dictionary<string, string> Picture(MonitorNode node) =>
        Directory.EnumerateFiles(node.Paths.Prefix, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        })
            .Where(file => !file.StartsWith(node.Paths.VariableFolder + "/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>The node's own manifest, as it keeps it.</summary>
    private static string ManifestOf(MonitorNode node, string hash) =>
        File.ReadAllText(Path.Combine(node.Paths.VariableFolder, "configuration", "content", hash[..2], hash));

    /// <summary>What a hostile peer says that it has.</summary>
    /// <param name="Hash">The hash of its configuration.</param>
    /// <param name="Reason">What its victim says of it.</param>
    /// <param name="Give">What it gives who asks.</param>
    private sealed record Attack(string Hash, string Reason, Func<ContentRequest, ContentPart> Give)
    {
        private const int ManyFiles = 1_000_000;
        private const long Gigabytes = 5L << 30;

        public static Attack Make(string what, string name, string manifest) => what switch
        {
            "a million files" => Of(Encoding.UTF8.GetBytes(
                manifest + string.Concat(Enumerable.Range(0, ManyFiles).Select(i => Line(1, HashOf("x"u8), $"zz/{i:0000000}.cfg")))), ""),
            "gigabytes" => Of(With(manifest, Line(Gigabytes, HashOf("x"u8), name)), "bytes"),
            "an endless manifest" => new(HashOf("endless"u8), "", request => new ContentPart
            {
                Hash = request.Hash,
                Offset = request.Offset,
                Total = 1L << 30,
                Data = ByteString.CopyFrom(new byte[request.Length]),
            }),
            "a file that is not what it is called" => Of(With(manifest, Line(5, HashOf("right"u8), name)), "", "wrong"u8.ToArray()),
            "objects that are none" => Of(
                With(manifest, Line(16, HashOf("define evil {\n}\n"u8), name)), "evil.cfg:1", "define evil {\n}\n"u8.ToArray()),
            _ => Of(With(manifest, Line(Good.Length, HashOf(Encoding.UTF8.GetBytes(Good)), name)), "", Encoding.UTF8.GetBytes(Good)),
        };

        /// <summary>The manifest under its right hash, and for everything else that is asked for the same file.</summary>
        private static Attack Of(byte[] manifest, string reason, byte[]? file = null)
        {
            var hash = HashOf(manifest);
            return new Attack(hash, reason, request =>
            {
                var content = request.Hash == hash ? manifest : file ?? "x"u8.ToArray();
                var offset = (int)Math.Min(request.Offset, content.Length);
                return new ContentPart
                {
                    Hash = request.Hash,
                    Offset = request.Offset,
                    Total = content.Length,
                    Data = ByteString.CopyFrom(content.AsSpan(offset, (int)Math.Min(request.Length, content.Length - offset))),
                };
            });
        }

        /// <summary>With one more file, at its place in the order of names.</summary>
        private static byte[] With(string manifest, string line)
        {
            var lines = manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var files = lines.Where(one => one.StartsWith("file ", StringComparison.Ordinal)).Append(line.TrimEnd('\n'))
                .OrderBy(one => one.Split(' ', 4)[3], StringComparer.Ordinal);
            var others = lines.Where(one => !one.StartsWith("file ", StringComparison.Ordinal));
            return Encoding.UTF8.GetBytes(string.Concat(others.Concat(files).Select(one => one + "\n")));
        }

        private static string Line(long bytes, string hash, string name) =>
            string.Create(CultureInfo.InvariantCulture, $"file {bytes} {hash} {name}\n");

        private static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
