using Compeer.Engine.Macros;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>The macros of a notification's command.</summary>
public sealed class NotificationMacroTests : NotificationHarness
{
    [Theory]
    [InlineData("$NOTIFICATIONRECIPIENTS$", "ada,eve")]
    [InlineData("$NOTIFICATIONISESCALATED$", "0")]
    [InlineData("$NOTIFICATIONAUTHOR$", "Ada")]
    [InlineData("$NOTIFICATIONAUTHORNAME$", "ada")]
    [InlineData("$NOTIFICATIONAUTHORALIAS$", "Ada")]
    [InlineData("$NOTIFICATIONCOMMENT$", "hello")]
    [InlineData("$HOSTNOTIFICATIONNUMBER$", "1")]
    [InlineData("$HOSTNOTIFICATIONNUMBER:web1$", "1")]
    [InlineData("$CONTACTALIAS$ $CONTACTEMAIL$", "eve e@x")]
    [InlineData("$_CONTACTROOM$", "12")]
    [InlineData("$HOSTACKAUTHOR$", "")]
    public void Macro_OfACustomNotification_HasItsValue(string macro, string value)
    {
        Begin(host: "contacts ada,eve", more: $$"""
            define command {
              command_name show
              command_line {{macro}}
            }
            define contact {
              contact_name eve
              email e@x
              _ROOM 12
              host_notification_commands show
              service_notification_commands show
              host_notification_options d
              minimum_value 0
            }

            """);
        Give("SEND_CUSTOM_HOST_NOTIFICATION;web1;4;Ada;hello");
        Assert.Equal([value, "ada CUSTOM web1/ 1"], Told);
    }

    [Fact]
    public void Id_IsAnotherForEachNotificationAndTheSameForAllContacts()
    {
        Begin(
            more: "define command {\n command_name id\n command_line $SERVICENOTIFICATIONID$\n}\n",
            contact: "service_notification_commands id,id");
        Result("HTTP", 2);
        var first = Told;
        Assert.Equal(2, first.Length);
        Assert.Equal(first[0], first[1]);
        Assert.True(Guid.TryParse(first[0], out _));
        Assert.Equal(NotificationMacros.IdOf(Site.Objects.Services[0], State("HTTP").LastTicket).ToString("D"), first[0]);
        Result("HTTP", 2, minutes: 10);
        Assert.NotEqual(first[0], Told[0]);
    }
}
