using Compeer.Configuration;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Comparison;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Tests.Configuration.Objects.Building;

/// <summary>What refers to itself by way of others, as Naemon takes it with and without allow_circular_dependencies.</summary>
public sealed class CircleTests
{
    private const string Command = "define command {\n  command_name c\n  command_line x\n}\n";

    private const string Words = "each other in a circle";

    private static readonly string[] Off = ["", "allow_circular_dependencies=0"];
    private static readonly string[] On =
    [
        "allow_circular_dependencies=1", "allow_circular_dependencies=2", "allow_circular_dependencies=-1",
    ];

    [Fact]
    public void Compile_HostsThatAreEachOthersParents_AreTakenWhereCirclesAreAllowed()
    {
        var text = Command + Host("a", "c") + Host("b", "a") + Host("c", "b") + Host("d", "a");
        foreach (var main in Off)
        {
            var result = ConfigurationFiles.Compile(text, main);
            Assert.Equal(
                "Error: test.cfg:6: host 'a': parents: hosts are parents of each other in a circle: a → c → b → a",
                OfCircles(result));
        }

        foreach (var main in On)
        {
            var hosts = Compile(text, main, isWarned: false).Hosts;
            Assert.Equal(["c", "a", "b", "a"], hosts.Select(host => Assert.Single(host.Parents).Name));
            Assert.Same(hosts[0], hosts[0].Parents[0].Parents[0].Parents[0]);
        }
    }

    [Fact]
    public void Compile_HostThatIsItsOwnParent_IsRefusedAlways()
    {
        foreach (var main in Off.Concat(On))
        {
            var errors = ConfigurationFiles.Compile(Command + Host("a", "a"), main).Diagnostics
                .Where(finding => finding.Severity == DiagnosticSeverity.Error);
            Assert.Equal("Error: test.cfg:6: host 'a': parents: host 'a' is its own parent", Assert.Single(errors).ToString());
        }
    }

    [Theory]
    [InlineData("y", "x", "'x' on 'a' → 'y' on 'a' → 'x' on 'a'")]
    [InlineData("x", "x", "'x' on 'a' → 'x' on 'a'")]
    public void Compile_ServicesThatAreEachOthersParents_AreTakenAlways(string parentOfX, string parentOfY, string circle)
    {
        foreach (var main in Off.Concat(On))
        {
            var result = ConfigurationFiles.Compile(
                Command + Host("a", null) + Service("x", parentOfX) + Service("y", parentOfY), main);
            Assert.Equal(
                "Warning: test.cfg:13: service 'x' on 'a': parents: services are parents of each other in a circle: "
                + $"{circle}; it has no effect",
                OfCircles(result));
            Assert.Equal(
                [parentOfX, parentOfY], result.Configuration!.Services.Select(service => Assert.Single(service.Parents).Description));
        }
    }

    [Theory]
    [InlineData("q", "p", "p → q → p")]
    [InlineData("p", null, "p → p")]
    public void Compile_TimePeriodsThatExcludeEachOther_AreTakenWhereCirclesAreAllowed(string byP, string? byQ, string circle)
    {
        var text = Period("p", byP) + Period("q", byQ);
        foreach (var main in Off)
        {
            Assert.Equal(
                $"Error: test.cfg:4: timeperiod 'p': exclude: time periods exclude each other in a circle: {circle}",
                OfCircles(ConfigurationFiles.Compile(text, main)));
        }

        foreach (var main in On)
        {
            var periods = Compile(text, main, isWarned: true).TimePeriods;
            Assert.Equal(byP, Assert.Single(periods[0].Exclusions).Name);
        }
    }

    [Fact]
    public void Compile_DependenciesInACircle_AreTakenWhereCirclesAreAllowed()
    {
        var text = Command + Host("a", null) + Host("b", null) + HostDependency("a", "b") + HostDependency("b", "a");
        Assert.All(Off, main => Assert.True(ConfigurationFiles.Compile(text, main).Errors > 0));
        Assert.All(On, main => Assert.Equal(4, Compile(text, main, isWarned: false).HostDependencies.Length));
        var self = Command + Host("a", null) + HostDependency("a", "a");
        Assert.All(Off, main => Assert.True(ConfigurationFiles.Compile(self, main).Errors > 0));
        Assert.All(On, main => Assert.Equal(2, Compile(self, main, isWarned: false).HostDependencies.Length));
    }

    /// <summary>The one that is looked at first must not count for the others before all of it is known.</summary>
    [Fact]
    public void Between_CirclesOfTimePeriods_EndsAndNamesAllThatLeadToTheChangedOne()
    {
        var text = Period("p", "q,s") + Period("q", "r") + Period("r", "p") + Period("s", null) + Period("t", "t");
        var before = Compile(text, On[0], isWarned: true);
        Assert.True(ConfigurationDiff.Between(before, Compile(text, On[0], isWarned: true)).IsEmpty);

        var longer = text.Replace(Hours("s"), Hours("s") + "  tuesday 09:00-10:00\n", StringComparison.Ordinal);
        var after = Compile(longer, On[0], isWarned: true);
        var diff = ConfigurationDiff.Between(before, after);
        Assert.Equal(["p", "q", "r", "s"], diff.TimePeriods.Changed.Select(pair => pair.After.Name));
        Assert.Equal(["t"], diff.TimePeriods.Unchanged.Select(pair => pair.After.Name));
    }

    private static ObjectConfiguration Compile(string objects, string main, bool isWarned)
    {
        var result = ConfigurationFiles.Compile(objects, main);
        Assert.Equal(0, result.Errors);
        Assert.Equal(isWarned, result.Diagnostics.Any(finding => finding.Message.Contains(Words, StringComparison.Ordinal)));
        return result.Configuration!;
    }

    private static string OfCircles(CompilationResult result) =>
        Assert.Single(result.Diagnostics, finding => finding.Message.Contains(Words, StringComparison.Ordinal)).ToString();

    private static string Host(string name, string? parent) =>
        $"define host {{\n{(parent is null ? "" : $"  parents {parent}\n")}  host_name {name}\n"
        + "  check_command c\n  max_check_attempts 1\n}\n";

    private static string Service(string description, string parent) =>
        $"define service {{\n  host_name a\n  service_description {description}\n  parents {parent}\n"
        + "  check_command c\n  max_check_attempts 1\n}\n";

    private static string Period(string name, string? excluded) =>
        $"define timeperiod {{\n{Hours(name)}{(excluded is null ? "" : $"  exclude {excluded}\n")}}}\n";

    private static string Hours(string name) => $"  timeperiod_name {name}\n  monday 09:00-17:00\n";

    private static string HostDependency(string master, string dependent) =>
        $"define hostdependency {{\n  host_name {master}\n  dependent_host_name {dependent}\n"
        + "  execution_failure_options d\n  notification_failure_options d\n}\n";
}
