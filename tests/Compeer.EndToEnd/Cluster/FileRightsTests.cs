using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Files that are kept the same where the daemon may not write them.</summary>
[Collection(Alone.Name)]
public sealed class FileRightsTests : ClusterTest
{
    [Fact]
    public async Task Receiver_WithoutTheRights_SaysThatAPushIsNeeded()
    {
        using var user = TestUser.Take("cesync");
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, TracedSite(hosts: 2, services: 0), peers: 2));
        var pair = new SynchronisedPair(cluster, Folder);
        await File.WriteAllTextAsync(pair.Source, "new");
        await File.WriteAllTextAsync(pair.Target, "root's");
        File.SetUnixFileMode(Folder.Path, (UnixFileMode)0x1FF);
        File.SetUnixFileMode(Path.GetDirectoryName(pair.Target)!, (UnixFileMode)0x1FF);
        user.Give(pair.Receiver.Paths.Prefix, recursive: true);
        pair.Configure();
        cluster[0].Launch();
        cluster[1].Launch("setpriv", "--reuid", user.Name, "--regid", user.Name, "--clear-groups", Programs.Mond);
        await cluster[0].WaitUntilAnsweringAsync();

        await pair.SaysAsync("a file of root's", isInStep: false, "may not be written here; 'mon oconf push' brings it");

        Assert.Equal("root's", await File.ReadAllTextAsync(pair.Target));
    }
}
