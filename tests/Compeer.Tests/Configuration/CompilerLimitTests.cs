using System.Globalization;
using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Tests.Configuration;

public sealed class CompilerLimitTests
{
    [Fact]
    public void Compile_DeepTemplates_AreRefusedBeyondTheLimit()
    {
        Assert.DoesNotContain(Nested(990).Diagnostics, d => d.Message.Contains("deep", StringComparison.Ordinal));
        Assert.Contains(Nested(1_010).Diagnostics, d => d.Message.Contains("more than 1000 deep", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    [InlineData(50_000, 1)]
    public void Compile_ChainOfExcludedTimePeriods_IsRefusedBeyondTheLimit(int excluded, int expected)
    {
        var text = string.Concat(Enumerable.Range(0, excluded + 1).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"define timeperiod {{\n  timeperiod_name t{i}\n{(i == excluded ? "" : $"  exclude t{i + 1}\n")}}}\n")));
        var result = ConfigurationFiles.Compile(text);

        Assert.Equal(expected, result.Errors);
        Assert.Equal(
            expected,
            result.Diagnostics.Count(d => d.Message.Contains("more than 500 time periods are excluded", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    public void Compile_LongNames_AreRefusedBeyondTheLimit(int bytes, int expected)
    {
        const string Rest = "  check_command c\n  max_check_attempts 1\n}\n";
        string name = new('n', bytes);
        var text = "define command {\n  command_name c\n  command_line x\n}\n"
            + $"define host {{\n  host_name {name}\n{Rest}define host {{\n  host_name h\n{Rest}"
            + $"define service {{\n  host_name h\n  service_description {name}\n{Rest}";
        var result = ConfigurationFiles.Compile(text);

        Assert.Equal(2 * expected, result.Errors);
        Assert.Equal(
            2 * expected, result.Diagnostics.Count(d => d.Message.Contains($"has {bytes} bytes; a name may", StringComparison.Ordinal)));
    }

    [Fact]
    public void Compile_TemplatesThatShareTheirTemplatesBesideAFault_EndsSoon() => Assert.Equal(
        ["host 'h' has no max_check_attempts; write a number, 1 or more", "max_check_attempts: 'x' is not a whole number, 1 or more"],
        ErrorsWithSharedTemplates(
            "define host {\n  host_name h\n  use a0,b0\n}\ndefine host {\n  host_name faulty\n  max_check_attempts x\n}\n"));

    [Fact]
    public void Compile_TemplatesThatShareTheirTemplatesBeforeTheOneAtFault_EndsSoon() => Assert.Equal(
        ["host template 'last': parents: there is no host 'nowhere'"],
        ErrorsWithSharedTemplates(
            "define host {\n  name last\n  parents nowhere\n  register 0\n}\n"
            + "define host {\n  host_name h\n  max_check_attempts 2\n  use a0,b0,last\n}\n"));

    [Fact]
    public void Compile_ManyErrors_AreCountedBeyondTheLimit()
    {
        var text = string.Concat(Enumerable.Range(0, 1_500).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"define host {{\n  host_nme h{i}\n}}\n")));
        var result = ConfigurationFiles.Compile(text);

        Assert.Null(result.Configuration);
        Assert.Contains("further errors are not shown", result.Diagnostics[^1].Message, StringComparison.Ordinal);
        Assert.InRange(result.Diagnostics.Length, 1_000, 1_010);
    }

    [Fact]
    public void Compile_ManyWarnings_AreCountedBeyondTheLimit()
    {
        const int Hosts = 5_000;
        var result = ConfigurationFiles.Compile(string.Concat(Enumerable.Range(0, Hosts).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"define host {{\n  host_name h{i}\n  max_check_attempts 1\n}}\n"))));

        Assert.Equal(2 * Hosts, result.Warnings);
        Assert.EndsWith("9000 further warnings are not shown", result.Diagnostics[^1].Message, StringComparison.Ordinal);
        Assert.NotNull(result.Configuration);
    }

    [Fact]
    public void Compile_ManyWarningsAlike_DoNotHideTheOthers()
    {
        var text = "define command {\n  command_name c\n  command_line x\n}\n" + string.Concat(Enumerable.Range(0, 1_500).Select(i =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                define host {
                  host_name h{{i}}
                  check_command c
                  max_check_attempts 1
                  contacts a
                }
                define hostextinfo {
                  host_name h{{i}}
                  notes n
                }

                """)));
        const string Contact = "define contact {\n  contact_name a\n  host_notifications_enabled 0 # off\n"
            + "  host_notification_period t\n  service_notification_period t\n}\ndefine timeperiod {\n  timeperiod_name t\n}\n";
        var result = ConfigurationFiles.Compile(text + Contact);

        Diagnostic[] alike = [.. result.Diagnostics.Where(d => d.Message.Contains("deprecated", StringComparison.Ordinal))];
        Assert.Equal(10, alike.Length);
        Assert.EndsWith("(and in 1490 more places)", alike[^1].Message, StringComparison.Ordinal);
        Assert.Contains(result.Diagnostics, d => d.Message.Contains("'0 # off' is read as 0", StringComparison.Ordinal));
        Assert.InRange(result.Warnings, 1_501, 1_510);
        Assert.DoesNotContain(result.Diagnostics, d => d.Message.Contains("not shown", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_ManyServicesOfOneTemplate_ShareTheirSettings()
    {
        var text = new StringBuilder("""
            define command {
              command_name c
              command_line x
            }
            define service {
              name t
              register 0
              check_command c!a!b
              max_check_attempts 3
              _KEY v
            }

            """);
        for (var i = 0; i < 100; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                define host {
                  host_name h{{i}}
                  check_command c
                  max_check_attempts 1
                }
                define service {
                  use t
                  host_name h{{i}}
                  service_description s
                }

                """);
        }

        var configuration = ConfigurationFiles.Compile(text.ToString()).Configuration!;

        var first = configuration.Services[0];
        Assert.Equal(100, configuration.Services.Length);
        Assert.All(configuration.Services, s =>
        {
            Assert.Same(first.Checking, s.Checking);
            Assert.Same(first.Notifying, s.Notifying);
            Assert.Same(first.CheckCommand, s.CheckCommand);
            Assert.Same(first.Description, s.Description);
            Assert.True(first.CustomVariables == s.CustomVariables);
            Assert.Same(configuration.Hosts[s.Host.Id.Index], s.Host);
        });
    }

    [Fact]
    public void Compile_Definitions_AreInTheOrderOfNames()
    {
        var configuration =
            ConfigurationFiles.Compile(new RandomConfiguration(3, withNull: true).Create()).Configuration!;

        Assert.Equal(configuration.Hosts.Select(h => h.Name).Order(StringComparer.Ordinal), configuration.Hosts.Select(h => h.Name));
        Assert.Equal(Enumerable.Range(0, configuration.Hosts.Length), configuration.Hosts.Select(h => h.Id.Index));
        Assert.Equal(Enumerable.Range(0, configuration.Services.Length), configuration.Services.Select(s => s.Id.Index));
        Assert.Equal(
            configuration.Services.OrderBy(s => s.Host.Id.Index).ThenBy(s => s.Description, StringComparer.Ordinal),
            configuration.Services);
    }

    /// <summary>The errors of objects behind templates of which two at each level use both of the next: 2^40 ways lead to the
    /// last.</summary>
    private static IEnumerable<string> ErrorsWithSharedTemplates(string objects)
    {
        const int Levels = 40;
        var text = new StringBuilder();
        for (var level = 0; level < Levels; level++)
        {
            foreach (var name in "ab")
            {
                text.Append(CultureInfo.InvariantCulture, $"define host {{\n  name {name}{level}\n  register 0\n");
                text.Append(CultureInfo.InvariantCulture, $"{(level < Levels - 1 ? $"  use a{level + 1},b{level + 1}\n" : "")}}}\n");
            }
        }

        return ConfigurationFiles.Compile(text.Append(objects).ToString()).Diagnostics
            .Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.Message);
    }

    private static CompilationResult Nested(int depth)
    {
        var text = new StringBuilder("define host {\n  name t0\n  register 0\n}\n");
        for (var i = 1; i < depth; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"define host {{\n  name t{i}\n  use t{i - 1}\n  register 0\n}}\n");
        }

        // Written first, so that the whole chain is resolved from its end.
        text.Insert(0, string.Create(CultureInfo.InvariantCulture, $"define host {{\n  host_name h\n  use t{depth - 1}\n}}\n"));
        return ConfigurationFiles.Compile(text.ToString());
    }
}
