namespace Compeer.Tests.Daemon.Configuration;

/// <summary>The smallest configuration that monitors something.</summary>
internal static class SampleObjects
{
    public const string OneHost = """
        define command {
          command_name ok
          command_line /bin/true
        }
        define host {
          host_name web1
          check_command ok
          max_check_attempts 3
        }

        """;
}
