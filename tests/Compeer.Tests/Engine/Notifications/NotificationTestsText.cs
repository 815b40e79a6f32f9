namespace Compeer.Tests.Engine.Notifications;

/// <summary>Blocks of a configuration.</summary>
internal static class NotificationTestsText
{
    /// <summary>An escalation of HTTP, or of web1, to the contact eve.</summary>
    public static string Escalation(string lines, bool isOfHost = false) => $$"""
        define contact {
          contact_name eve
          host_notification_commands tell
          service_notification_commands tell
          host_notification_options d,u,r,f,s
          service_notification_options w,u,c,r,f,s
          minimum_value 0
        }
        define contactgroup {
          contactgroup_name second
          members eve
        }
        define {{(isOfHost ? "hostescalation" : "serviceescalation")}} {
          host_name web1
          {{(isOfHost ? "contacts eve" : "service_description HTTP\n  contact_groups second")}}
          {{lines}}
        }

        """;
}
