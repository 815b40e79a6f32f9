using System.Text;
using Compeer.Cli.Remote;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Tests.Cli.Remote;

public sealed class SshCommandLineTests
{
    private const string Always =
        "-T -E LOG -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -o ControlMaster=no";

    [Theory]
    [InlineData("peer p {\n}", " -o BatchMode=yes -- p CMD")]
    [InlineData("peer p {\n address = 10.1.2.3\n}", " -o BatchMode=yes -- 10.1.2.3 CMD")]
    [InlineData(
        "peer p {\n object_config {\n ssh_user = u\n ssh_key = /k\n ssh_port = 23\n}\n}",
        " -o BatchMode=yes -o IdentitiesOnly=yes -i /k -p 23 -l u -- p CMD")]
    [InlineData(
        "daemon {\n object_config {\n ssh_user = common\n ssh_port = 24\n}\n}\npeer p {\n object_config {\n ssh_user = own\n}\n}",
        " -o BatchMode=yes -p 24 -l own -- p CMD")]
    public void For_Node_IsAsMerlinConfHasIt(string merlin, string expected)
    {
        var configuration = MerlinConfigurationReader.Read("merlin.conf", Encoding.UTF8.GetBytes(merlin)).Configuration!;
        var node = RemoteNode.Of(configuration.FindNode("p")!, configuration);

        Assert.Equal(Always + expected, string.Join(' ', SshCommandLine.For(node, "CMD", "LOG", mayAsk: false)));
        Assert.DoesNotContain("BatchMode=yes", SshCommandLine.For(node, "CMD", "LOG", mayAsk: true));
    }

    [Theory]
    [InlineData("host", "host", null)]
    [InlineData("me@host", "host", "me")]
    [InlineData("a@b@host", "host", "a@b")]
    public void Of_Destination_IsUserAndHost(string destination, string address, string? user) =>
        Assert.Equal(new RemoteNode(address, address, user, KeyFile: null, Port: null), RemoteNode.Of(destination));
}
