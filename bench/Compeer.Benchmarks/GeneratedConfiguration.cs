using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Benchmarks;

/// <summary>A configuration of the usual shape: templates, ten services on every host.</summary>
internal static class GeneratedConfiguration
{
    public const int ServicesPerHost = 10;

    public static SourceFile Main { get; } =
        new("/bench/naemon.cfg", Encoding.UTF8.GetBytes("cfg_file=/bench/objects.cfg\ninterval_length=1\n"));

    public static SourceFile Objects(int hosts)
    {
        var text = new StringBuilder("""
            define command {
              command_name probe
              command_line /usr/lib/nagios/plugins/check_dummy $ARG1$ "$HOSTADDRESS$ $SERVICEDESC$"
            }
            define timeperiod {
              timeperiod_name 24x7
              alias always
              sunday 00:00-24:00
              monday 00:00-24:00
              tuesday 00:00-24:00
              wednesday 00:00-24:00
              thursday 00:00-24:00
              friday 00:00-24:00
              saturday 00:00-24:00
            }
            define host {
              name generic-host
              check_command probe!0
              check_interval 60
              retry_interval 60
              max_check_attempts 3
              check_period 24x7
              register 0
            }
            define service {
              name generic-service
              check_command probe!0
              check_interval 60
              retry_interval 60
              max_check_attempts 3
              check_period 24x7
              register 0
            }

            """);
        for (var host = 0; host < hosts; host++)
        {
            text.Append($"define host {{\n  use generic-host\n  host_name host{host}\n  address 127.0.0.1\n}}\n");
            for (var service = 0; service < ServicesPerHost; service++)
            {
                text.Append($"define service {{\n  use generic-service\n  host_name host{host}\n  service_description svc{service}\n}}\n");
            }
        }

        return new SourceFile("/bench/objects.cfg", Encoding.UTF8.GetBytes(text.ToString()));
    }

    public static (MainConfiguration Main, ObjectConfiguration Objects) Compile(int hosts)
    {
        var main = MainConfigurationReader.Read(Main, []).Configuration!;
        return (main, ObjectConfigurationCompiler.Compile(main, [Objects(hosts)], []).Configuration!);
    }
}
