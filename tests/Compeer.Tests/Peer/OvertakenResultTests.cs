using Compeer.Engine.Events;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>A check that comes back when another peer has long taken over and checked since.</summary>
public sealed class OvertakenResultTests
{
    private const string Objects = "define command {\n command_name probe\n command_line /bin/true\n}\n"
        + "define host {\n host_name h0\n check_command probe\n check_interval 10\n max_check_attempts 1\n}\n"
        + "define host {\n host_name h1\n check_command probe\n check_interval 10\n max_check_attempts 1\n}\n";

    [Fact]
    public void Result_AfterAnotherTookOverAndChecked_LeavesTheNewerStateAlone()
    {
        var pair = new PeerPair(Objects);
        pair.Run(TimeSpan.FromSeconds(15));
        var name = pair.OwnerOf("h0") == 0 ? "h0" : "h1";
        Assert.Equal(0, pair.OwnerOf(name));
        pair.Hanging.Add(name);
        pair.Run(TimeSpan.FromSeconds(12));
        Assert.True(pair.Peers[0].IsRunning(pair.Id(name)));

        pair.Leave(0);
        pair.Codes[name] = 2;
        pair.Run(TimeSpan.FromSeconds(60));
        var newer = pair.Peers[1].StateOf(pair.Id(name));
        Assert.Equal(1, newer.State);
        Assert.Equal(CheckStateCodec.Encode(newer), StateAt0(pair, name));

        pair.Cut();
        pair.RunNow();
        pair.Release();
        pair.RunNow();

        Assert.Equal(CheckStateCodec.Encode(newer), StateAt0(pair, name));
        Assert.Equal(1, pair.Peers[0].Refused[RefusalReason.ResultOvertaken]);
        Assert.False(pair.Peers[0].IsRunning(pair.Id(name)));
    }

    private static byte[] StateAt0(PeerPair pair, string name) => CheckStateCodec.Encode(pair.Peers[0].StateOf(pair.Id(name)));
}
