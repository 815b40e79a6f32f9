using Compeer.Engine.Model;

namespace Compeer.Tests.Peer;

/// <summary>What operators change of contacts, and what they take back, at two peers.</summary>
public sealed class ContactSettingTests
{
    private const string Objects = """
        define command {
          command_name check
          command_line plugin
        }
        define contact {
          contact_name ada
          host_notification_commands check
          service_notification_commands check
        }
        define host {
          host_name h0
          check_command check
          check_interval 10
          max_check_attempts 1
          contacts ada
        }

        """;

    private readonly PeerPair _pair = new(Objects);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Contact_ChangedAtEitherPeer_IsSoAtBoth(int giver)
    {
        _pair.Run(TimeSpan.FromSeconds(5));
        _pair.Command(giver, "DISABLE_CONTACT_HOST_NOTIFICATIONS;ada");
        _pair.Run(TimeSpan.FromSeconds(1));
        Assert.All(_pair.Peers, peer => Assert.False(peer.SettingsOf("ada")[ContactSetting.HostNotifications]?.IsOn));
        _pair.Command(1 - giver, "CHANGE_CONTACT_MODHATTR;ada;0");
        _pair.Run(TimeSpan.FromSeconds(1));
        Assert.All(_pair.Peers, peer => Assert.Empty(peer.SettingsOf("ada").Values));
    }

    /// <summary>What was changed last holds, also when the last change takes back, and the other peer was away.</summary>
    [Theory]
    [InlineData("DISABLE_HOST_CHECK;h0", "CHANGE_HOST_MODATTR;h0;0", true)]
    [InlineData("CHANGE_HOST_MODATTR;h0;0", "DISABLE_HOST_CHECK;h0", false)]
    public void Setting_TakenBackInASplit_IsAsTheLaterOfBothSays(string first, string second, bool isTakenBack)
    {
        _pair.Run(TimeSpan.FromSeconds(5));
        foreach (var peer in new[] { 0, 1 })
        {
            _pair.Command(peer, "DISABLE_HOST_CHECK;h0");
        }

        _pair.Run(TimeSpan.FromSeconds(1));
        _pair.Cut();
        _pair.Command(0, first);
        _pair.Run(TimeSpan.FromSeconds(2));
        _pair.Command(1, second);
        _pair.Run(TimeSpan.FromSeconds(8));
        _pair.Join();
        _pair.Run(TimeSpan.FromSeconds(5));
        Assert.All(_pair.Peers, peer => Assert.Equal(isTakenBack ? 0 : 1, peer.SettingsOf(_pair.Id("h0")).Values.Count));
    }
}
