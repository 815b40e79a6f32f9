namespace Compeer.EndToEnd.Icinga;

/// <summary>One site in two languages, and what happens on it.</summary>
internal static class SameSite
{
    /// <summary>As Naemon writes it.</summary>
    public const string Naemon = """
        define command {
          command_name  ok
          command_line  /bin/true
        }
        define command {
          command_name  notify
          command_line  /bin/true
        }
        define timeperiod {
          timeperiod_name  always
          alias  All day
          monday  00:00-24:00
          tuesday  00:00-24:00
          wednesday  00:00-24:00
          thursday  00:00-24:00
          friday  00:00-24:00
          saturday  00:00-24:00
          sunday  00:00-24:00
        }
        define contactgroup {
          contactgroup_name  admins
          alias  Administrators
        }
        define contact {
          contact_name  anna
          alias  Anna A.
          email  anna@example.org
          pager  123
          contactgroups  admins
          host_notification_commands  notify
          service_notification_commands  notify
          host_notification_period  always
          service_notification_period  always
        }
        define contact {
          contact_name  bert
          alias  Bert
          host_notification_commands  notify
          service_notification_commands  notify
          host_notification_period  always
          service_notification_period  always
        }
        define hostgroup {
          hostgroup_name  web
          alias  Web servers
          notes  about web
          action_url  http://a/web
          notes_url  http://n/web
        }
        define hostgroup {
          hostgroup_name  all
          alias  All
        }
        define servicegroup {
          servicegroup_name  disks
          alias  Disks
        }
        define host {
          name  any
          register  0
          check_command  ok
          check_period  always
          check_interval  5
          retry_interval  1
          max_check_attempts  2
          contacts  anna
          notification_period  always
          notification_interval  0
          hostgroups  all
        }
        define service {
          name  any
          register  0
          check_command  ok
          check_period  always
          check_interval  5
          retry_interval  1
          max_check_attempts  3
          contacts  anna
          notification_period  always
          notification_interval  0
        }
        define host {
          use  any
          host_name  core
          alias  Core switch
          display_name  Core switch
          address  192.0.2.1
          max_check_attempts  1
        }
        define host {
          use  any
          host_name  web1
          alias  Web One
          display_name  Web One
          address  192.0.2.11
          parents  core
          hostgroups  +web
          notes  a note
          notes_url  http://n/web1
          action_url  http://a/web1
          icon_image  web.png
          icon_image_alt  Web
          _RACK  r1
          _SLOT  7
        }
        define host {
          use  any
          host_name  web2
          alias  Second
          display_name  Second
          address  192.0.2.12
          parents  core
          hostgroups  +web
        }
        define host {
          use  any
          host_name  quiet
          alias  Never checked
          display_name  Never checked
          hostgroups  null
          address  192.0.2.99
          notifications_enabled  0
        }
        define service {
          use  any
          host_name  web1,web2
          service_description  http
          display_name  Web pages
          notes_url  http://n/http
        }
        define service {
          use  any
          host_name  web1,web2,core
          service_description  disk
          servicegroups  disks
          max_check_attempts  1
          _PATH  /var
        }
        define service {
          use  any
          host_name  web1
          service_description  load
          passive_checks_enabled  1
          flap_detection_enabled  0
        }
        define service {
          use  any
          host_name  quiet
          service_description  never
        }

        """;

    /// <summary>As Icinga 2 writes it.</summary>
    public const string Icinga = """
        object CheckCommand "ok" { command = [ "/bin/true" ] }
        object NotificationCommand "notify" { command = [ "/bin/true" ] }
        object TimePeriod "always" {
          display_name = "All day"
          ranges = {
            monday = "00:00-24:00"
            tuesday = "00:00-24:00"
            wednesday = "00:00-24:00"
            thursday = "00:00-24:00"
            friday = "00:00-24:00"
            saturday = "00:00-24:00"
            sunday = "00:00-24:00"
          }
        }
        object UserGroup "admins" { display_name = "Administrators" }
        object User "anna" {
          display_name = "Anna A."
          email = "anna@example.org"
          pager = "123"
          groups = [ "admins" ]
          period = "always"
        }
        object User "bert" {
          display_name = "Bert"
          period = "always"
        }
        object HostGroup "web" {
          display_name = "Web servers"
          notes = "about web"
          action_url = "http://a/web"
          notes_url = "http://n/web"
        }
        object HostGroup "all" { display_name = "All" }
        object ServiceGroup "disks" { display_name = "Disks" }
        template Host "any" {
          check_command = "ok"
          check_period = "always"
          check_interval = 5m
          retry_interval = 1m
          max_check_attempts = 2
          enable_flapping = true
          groups = [ "all" ]
        }
        template Service "any" {
          check_command = "ok"
          check_period = "always"
          check_interval = 5m
          retry_interval = 1m
          max_check_attempts = 3
          enable_flapping = true
        }
        apply Notification "mail" to Host {
          command = "notify"
          users = [ "anna" ]
          period = "always"
          interval = 0
          assign where true
        }
        apply Notification "mail" to Service {
          command = "notify"
          users = [ "anna" ]
          period = "always"
          interval = 0
          assign where true
        }
        apply Dependency "parent" to Host {
          parent_host_name = "core"
          assign where match("web*", host.name)
        }
        object Host "core" {
          import "any"
          display_name = "Core switch"
          address = "192.0.2.1"
          max_check_attempts = 1
        }
        object Host "web1" {
          import "any"
          display_name = "Web One"
          address = "192.0.2.11"
          groups += [ "web" ]
          notes = "a note"
          notes_url = "http://n/web1"
          action_url = "http://a/web1"
          icon_image = "web.png"
          icon_image_alt = "Web"
          vars.RACK = "r1"
          vars.SLOT = "7"
        }
        object Host "web2" {
          import "any"
          display_name = "Second"
          address = "192.0.2.12"
          groups += [ "web" ]
        }
        object Host "quiet" {
          import "any"
          display_name = "Never checked"
          groups = []
          address = "192.0.2.99"
          enable_notifications = false
        }
        apply Service "http" {
          import "any"
          display_name = "Web pages"
          notes_url = "http://n/http"
          assign where match("web*", host.name)
        }
        apply Service "disk" {
          import "any"
          groups = [ "disks" ]
          max_check_attempts = 1
          vars.PATH = "/var"
          assign where host.name != "quiet"
        }
        object Service "load" {
          import "any"
          host_name = "web1"
          enable_flapping = false
        }
        object Service "never" {
          import "any"
          host_name = "quiet"
        }

        """;

    /// <summary>What both are given, a second apart: <c>UNTIL</c> and <c>FROM</c> are times around all of it. Everything is found well once
    /// before anything is wrong with it: before its first result an object is UNKNOWN or DOWN at Icinga 2.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        "PROCESS_HOST_CHECK_RESULT;core;0;PING OK|rta=0.1ms;10;20",
        "PROCESS_HOST_CHECK_RESULT;web1;0;up",
        "PROCESS_HOST_CHECK_RESULT;web2;0;up",
        "PROCESS_SERVICE_CHECK_RESULT;core;disk;0;DISK OK|/=10%;80;90",
        "PROCESS_SERVICE_CHECK_RESULT;web1;disk;0;DISK OK|/=79%;80;90",
        "PROCESS_SERVICE_CHECK_RESULT;web1;http;0;fast",
        "PROCESS_SERVICE_CHECK_RESULT;web1;load;0;idle",
        "PROCESS_SERVICE_CHECK_RESULT;web2;disk;0;fine",
        "PROCESS_SERVICE_CHECK_RESULT;web2;http;0;fine",
        "PROCESS_HOST_CHECK_RESULT;core;0;PING OK|rta=0.2ms;10;20",
        "PROCESS_HOST_CHECK_RESULT;web1;0;up",
        "PROCESS_SERVICE_CHECK_RESULT;web2;disk;0;fine",
        "PROCESS_SERVICE_CHECK_RESULT;web2;http;0;fine",
        "PROCESS_HOST_CHECK_RESULT;web2;1;no answer",
        "PROCESS_HOST_CHECK_RESULT;web2;1;still no answer",
        "PROCESS_SERVICE_CHECK_RESULT;web1;disk;2;DISK CRITICAL|/=99%;80;90",
        "PROCESS_SERVICE_CHECK_RESULT;web1;disk;2;DISK CRITICAL still|/=99%;80;90",
        "PROCESS_SERVICE_CHECK_RESULT;web1;http;1;slow \"quoted\" back\\slash, a tab\t and \u00e4",
        "PROCESS_SERVICE_CHECK_RESULT;web1;http;1;slow still, more than \u20ac 5",
        "PROCESS_SERVICE_CHECK_RESULT;web1;load;3;no idea",
        "PROCESS_SERVICE_CHECK_RESULT;core;disk;0;DISK OK again|/=11%;80;90",
        "ADD_HOST_COMMENT;web1;1;anna;a host's comment",
        "ADD_SVC_COMMENT;web1;http;1;anna;a service's comment",
        "ACKNOWLEDGE_SVC_PROBLEM;web1;disk;2;0;1;anna;seen",
        "SCHEDULE_SVC_DOWNTIME;web1;load;FROM;UNTIL;1;0;7200;anna;moving",
        "DISABLE_SVC_NOTIFICATIONS;core;disk",
        "DISABLE_HOST_CHECK;core",
        "DISABLE_PASSIVE_SVC_CHECKS;core;disk",
    ];
}
