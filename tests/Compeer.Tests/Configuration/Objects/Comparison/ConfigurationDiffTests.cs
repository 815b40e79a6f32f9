using Compeer.Configuration.Objects.Comparison;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Tests.Configuration.Objects.Comparison;

public sealed class ConfigurationDiffTests
{
    private const string Text = """
        define command {
          command_name check
          command_line /bin/true
        }
        define timeperiod {
          timeperiod_name always
          alias always
          monday 00:00-24:00
        }
        define host {
          host_name a
          check_command check
          max_check_attempts 3
          check_period always
        }
        define host {
          host_name b
          check_command check
          max_check_attempts 3
        }
        define service {
          host_name a,b
          service_description s
          check_command check!1
          check_period always
          max_check_attempts 3
        }
        define hostdependency {
          host_name a
          dependent_host_name b
          execution_failure_options d
        }

        """;

    [Fact]
    public void Between_TheSameInOtherPlaces_IsEmpty()
    {
        var diff = Between("# moved\n\n" + Text);

        Assert.True(diff.IsEmpty);
        Assert.Equal(2, diff.Services.Unchanged.Length);
    }

    [Fact]
    public void Between_OneHostMore_AddsItAndItsServices()
    {
        var diff = Between(
            Text.Replace("host_name a,b", "host_name a,b,c", StringComparison.Ordinal)
            + "define host {\n  host_name c\n  check_command check\n  max_check_attempts 3\n}\n");

        Assert.Equal("c", Assert.Single(diff.Hosts.Added).Name);
        Assert.Equal("c", Assert.Single(diff.Services.Added).Host.Name);
        Assert.Empty(diff.Services.Changed);
        Assert.Equal(2, diff.Services.Unchanged.Length);
    }

    [Fact]
    public void Between_ChangedCommandLine_ChangesWhoCallsIt()
    {
        var diff = Between(Text.Replace("/bin/true", "/bin/false", StringComparison.Ordinal));

        Assert.Equal("check", Assert.Single(diff.Commands.Changed).After.Name);
        Assert.Equal(2, diff.Hosts.Changed.Length);
        Assert.Equal(2, diff.Services.Changed.Length);
        Assert.Empty(diff.ChangedRelations);
    }

    [Fact]
    public void Between_ChangedTimePeriod_ChangesWhoUsesIt()
    {
        var diff = Between(Text.Replace("00:00-24:00", "00:00-23:00", StringComparison.Ordinal));

        Assert.Equal("a", Assert.Single(diff.Hosts.Changed).After.Name);
        Assert.Equal(2, diff.Services.Changed.Length);
        Assert.Equal("b", Assert.Single(diff.Hosts.Unchanged).After.Name);
    }

    [Fact]
    public void Between_OtherDependency_NamesTheType()
    {
        var diff = Between(
            Text.Replace("execution_failure_options d", "execution_failure_options d,u", StringComparison.Ordinal));

        Assert.Equal<ObjectType>([ObjectType.HostDependency], diff.ChangedRelations);
        Assert.True(diff.Hosts.IsEmpty);
    }

    [Fact]
    public void Between_RemovedHost_RemovesItsServices()
    {
        var less = Text.Replace("host_name a,b", "host_name a", StringComparison.Ordinal);
        var diff = Between(less[..less.IndexOf("define hostdependency", StringComparison.Ordinal)]);

        Assert.Equal("b", Assert.Single(diff.Services.Removed).Host.Name);
        Assert.Equal<ObjectType>([ObjectType.HostDependency], diff.ChangedRelations);
    }

    private static ConfigurationDiff Between(string after) =>
        ConfigurationDiff.Between(Compile(Text), Compile(after));

    private static ObjectConfiguration Compile(string text)
    {
        var result = ConfigurationFiles.Compile(text);
        Assert.True(result.Configuration is not null, string.Join('\n', result.Diagnostics));
        return result.Configuration;
    }
}
