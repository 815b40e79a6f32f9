using System.Text;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>What was sent about an object that a configuration brings is known together with what is to be sent.</summary>
public sealed class RestoredDeliveriesTests
{
    private const long Ticket = 7;

    private const string Told =
        "define command {\n command_name tell\n command_line /bin/true tell\n}\n"
        + "define contact {\n contact_name ada\n host_notifications_enabled 1\n host_notification_commands tell\n"
        + " service_notification_commands tell\n host_notification_options d,r\n}\n"
        + "define host {\n host_name back\n check_command probe\n check_interval 1000\n max_check_attempts 1\n contacts ada\n}\n";

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void TakeUp_ObjectOfWhichSomethingIsLeft_SendsWhatWasNotSent(bool wasSent, int expected)
    {
        var peer = PeerHarness.Alone(hosts: 1, keepsValues: true);
        NotificationDelivery ada = new("ada", 0);
        var told = new NotificationState
        {
            Number = 1,
            LastTicket = Ticket,
            Pending =
            [
                new PendingNotification(Ticket, NotificationType.Normal, peer.Now.Wall.UtcTicks)
                {
                    State = 1,
                    Number = 1,
                    Recipients = ["ada"],
                    Left = [ada],
                },
            ],
        };
        var down = CheckState.Pending(0) with
        {
            State = 1,
            HasBeenChecked = true,
            LastCheckTicks = peer.Now.Wall.UtcTicks,
            NextCheckTicks = peer.Now.Wall.AddHours(1).UtcTicks,
        };
        List<Update> values =
        [
            Of(1, RegisterKind.CheckState, CheckStateCodec.Encode(down)),
            Of(2, RegisterKind.Notifications, NotificationStateCodec.Encode(told)),
        ];
        if (wasSent)
        {
            values.Add(Of(3, RegisterKind.Deliveries, SentDeliveriesCodec.Encode(new SentDeliveries([(Ticket, ada)]))));
        }

        peer.Run(new PeerInput.Load(new StoredValues(values, [])));
        var change = PeerChange.Prepare(peer.Peer.Configuration, PeerHarness.Configuration(hosts: 1, version: 2, Told));
        List<PeerEffect> effects = [.. peer.Run(new PeerInput.TakeUp(change))];
        for (var end = peer.Time + TimeSpan.FromSeconds(20); peer.Time < end; peer.Time += TimeSpan.FromMilliseconds(200))
        {
            effects.AddRange(peer.Run());
        }

        Assert.Equal(expected, effects.OfType<PeerEffect.RunCommand>().Count());
    }

    private static Update Of(long sequence, RegisterKind kind, byte[] payload) =>
        new(PeerHarness.Other, sequence, 1, kind, Encoding.UTF8.GetBytes("back"), payload);
}
