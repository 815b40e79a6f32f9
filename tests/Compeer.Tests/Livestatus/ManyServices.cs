using System.Globalization;
using System.Text;
using Compeer.Livestatus;

namespace Compeer.Tests.Livestatus;

/// <summary>More services than go into one batch, in every state.</summary>
internal static class ManyServices
{
    public const int Hosts = 6;
    public const int ServicesPerHost = 100;

    /// <summary>A site with a seed's states.</summary>
    public static LivestatusSite Site(int seed, LivestatusLimits? limits = null)
    {
        var site = new LivestatusSite("", Objects(), limits);
        var random = new Random(seed);
        for (var count = 0; count < 300; count++)
        {
            var host = random.Next(Hosts);
            var service = random.Next(ServicesPerHost);
            var name = $"h{host};s{service:00}";
            string[] commands = random.Next(10) switch
            {
                0 => [$"PROCESS_HOST_CHECK_RESULT;h{host};{random.Next(2)};host"],
                1 => [$"DISABLE_SVC_CHECK;{name}"],
                2 => [$"PROCESS_SERVICE_CHECK_RESULT;{name};2;bad", $"ACKNOWLEDGE_SVC_PROBLEM;{name};2;0;0;anna;seen"],
                3 => [$"SCHEDULE_SVC_DOWNTIME;{name};1;4000000000;1;0;0;anna;down"],
                _ => [$"PROCESS_SERVICE_CHECK_RESULT;{name};{random.Next(4)};text {random.Next(3)}|x={random.Next(9)}"],
            };
            site.Give(commands);
        }

        return site;
    }

    private static string Objects()
    {
        var text = new StringBuilder("""
            define command {
              command_name check_x
              command_line /bin/true
            }

            """);
        for (var host = 0; host < Hosts; host++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                define host {
                  host_name h{{host}}
                  max_check_attempts 2
                  check_command check_x
                }

                """);
            for (var service = 0; service < ServicesPerHost; service++)
            {
                text.Append(CultureInfo.InvariantCulture, $$"""
                    define service {
                      host_name h{{host}}
                      service_description s{{service:00}}
                      max_check_attempts 2
                      check_command check_x
                      check_interval 600
                    }

                    """);
            }
        }

        return text.ToString();
    }
}
