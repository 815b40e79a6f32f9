using System.Text.RegularExpressions;
using Compeer.Configuration;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;

namespace Compeer.Tests.Configuration.Main;

/// <summary>Every variable of Naemon's reference table, under every spelling, with its default and its range; and what the
/// program says of those without effect is true.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class MainVariableReferenceTests
{
    /// <summary>Only shown, by macros that stand for the names of files; the files are not written yet.</summary>
    private static readonly HashSet<string> Shown =
    [
        "temp_file", "temp_path",
    ];

    /// <summary>Naemon forgets everything at a restart unless it is told not to; a node of this cluster does not (decision 042).</summary>
    private static readonly HashSet<string> OtherDefaults = ["retain_state_information", "use_retained_scheduling_info"];

    /// <summary>The variables of which Naemon reads a word as 0, or as the default of a choice; it refuses one in all others.
    /// </summary>
    private static readonly HashSet<string> TakeWords =
    [
        "accept_passive_host_checks", "accept_passive_service_checks", "additional_freshness_latency",
        "allow_circular_dependencies", "allow_empty_hostgroup_assignment", "cached_host_check_horizon",
        "cached_service_check_horizon", "check_workers", "date_format", "debug_level", "debug_verbosity",
        "enable_event_handlers", "enable_flap_detection", "enable_notifications",
        "enable_predictive_host_dependency_checks", "enable_predictive_service_dependency_checks", "event_broker_options",
        "execute_host_checks", "execute_service_checks", "host_down_disable_service_checks", "host_perfdata_file_mode",
        "host_perfdata_file_processing_interval", "host_perfdata_process_empty_results",
        "host_skip_check_dependency_status", "max_check_result_file_age", "max_concurrent_checks", "max_debug_file_size",
        "passive_host_checks_are_soft", "perfdata_timeout", "process_performance_data",
        "retained_contact_host_attribute_mask", "retained_contact_service_attribute_mask", "retained_host_attribute_mask",
        "retained_process_host_attribute_mask", "retained_process_service_attribute_mask",
        "retained_scheduling_randomize_window", "retained_service_attribute_mask", "retention_update_interval",
        "service_parents_disable_service_checks", "service_perfdata_file_mode", "service_perfdata_file_processing_interval",
        "service_perfdata_process_empty_results", "service_skip_check_dependency_status",
        "service_skip_check_host_down_status", "status_update_interval", "use_regexp_matching", "use_true_regexp_matching",
    ];

    /// <summary>The variables of Nagios 4 that Naemon accepts without effect and that have one here.</summary>
    private static readonly HashSet<string> HaveEffect = ["enable_environment_macros"];

    public static TheoryData<string> Variables => new(ReferenceTables.Variables().Select(r => r.Name));

    [Theory]
    [MemberData(nameof(Variables))]
    public void Read_Variable_IsKnownUnderEverySpelling(string name)
    {
        var row = ReferenceTables.Variables().Single(r => r.Name == name);
        foreach (var spelling in row.Aliases.Prepend(name))
        {
            var result = Read($"{spelling}={Sample(row)}");
            Assert.NotNull(result.Configuration);
            var isObsolete = row.Kind == "obsolete" && !HaveEffect.Contains(name);
            Assert.Equal(
                isObsolete,
                result.Diagnostics.Any(d => d.Message.EndsWith("obsolete and has no effect", StringComparison.Ordinal)));
            Assert.Equal(!isObsolete, result.Configuration.Values.ContainsKey(name));
        }
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void Read_ValueOfAnotherKind_IsRefusedWhereNaemonDoes(string name)
    {
        var row = ReferenceTables.Variables().Single(r => r.Name == name);
        if (row.Kind is "bool" or "int" or "uint" or "double" or "enum" or "bitmask")
        {
            var finding = Assert.Single(Read($"\n{name}=wrong").Diagnostics);
            var expected = TakeWords.Contains(name)
                ? $"Warning: /m.cfg:2: {name}: 'wrong' is read as "
                : $"Error: /m.cfg:2: {name}: 'wrong' is n";
            Assert.StartsWith(expected, finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void Read_Variable_HasTheDefaultOfTheTable(string name)
    {
        var row = ReferenceTables.Variables().Single(r => r.Name == name);
        var value = Value().Match(row.Default);
        if (value.Success && row.Kind is "bool" or "int" or "uint" or "double" or "enum")
        {
            var isSame = Plain(Read("").Configuration!) == Plain(Read($"{name}={value.Value}").Configuration!);
            Assert.True(isSame != OtherDefaults.Contains(name), $"{name}: the table's default {value.Value} is this program's: {isSame}");
        }
    }

    [Theory]
    [InlineData("cached_host_check_horizon=-1", "18446744073709551615")]
    [InlineData("max_debug_file_size=99999999999999999999", "18446744073709551615")]
    [InlineData("interval_length=99999999999", "1215752191")]
    [InlineData("date_format=US", "us")]
    [InlineData("host_perfdata_file_mode=pipe", "p")]
    [InlineData("host_perfdata_file_mode=write", "w")]
    [InlineData("host_perfdata_file_mode=x", "a")]
    public void Read_OddValue_IsReadAsByNaemon(string line, string value)
    {
        var result = Read(line);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(result.Diagnostics).Severity);
        Assert.Equal(value, result.Configuration!.Values[line.Split('=')[0]]);
    }

    [Theory]
    [InlineData("low_host_flap_threshold=0")]
    [InlineData("low_host_flap_threshold=100")]
    [InlineData("high_service_flap_threshold=100.1")]
    [InlineData("time_change_threshold=5")]
    [InlineData("retention_scheduling_horizon=0")]
    [InlineData("service_skip_check_dependency_status=4")]
    [InlineData("service_skip_check_dependency_status=-3")]
    [InlineData("check_result_reaper_frequency=0")]
    [InlineData("host_freshness_check_interval=0")]
    [InlineData("max_concurrent_checks=-1")]
    public void Read_OutOfRange_IsRefused(string line) =>
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(Read(line).Diagnostics).Severity);

    [Theory]
    [InlineData("retained_host_attribute_mask=0x10", "16", false)]
    [InlineData("cached_host_check_horizon=020", "16", false)]
    [InlineData("event_broker_options=-1", "-1", false)]
    [InlineData("max_debug_file_size=5000000000", "5000000000", false)]
    [InlineData("cached_host_check_horizon=10s", "10", true)]
    [InlineData("interval_length=60s", "60", true)]
    [InlineData("enable_notifications=2", "1", true)]
    public void Read_Number_IsReadAsNaemonReadsIt(string line, string value, bool warns)
    {
        var result = Read(line);

        Assert.Equal(value, result.Configuration!.Values[line[..line.IndexOf('=', StringComparison.Ordinal)]]);
        Assert.Equal(warns, result.Diagnostics.Length == 1);
    }

    [Theory]
    [InlineData("global_host_event_handler", "Error")]
    [InlineData("ocsp_command", "Error")]
    [InlineData("service_perfdata_command", "Warning")]
    public void Compile_CommandThatIsNotThere_IsFoundAtTheLineOfTheVariable(string variable, string severity)
    {
        var main = ConfigurationFiles.MainFrom($"\n{variable}=handel!x\n");
        var result = ObjectConfigurationCompiler.Compile(
            main, [ConfigurationFiles.Source("o.cfg", "define command {\n command_name handle\n command_line x\n}\n")], []);

        Assert.Equal(
            $"{severity}: /etc/naemon/naemon.cfg:2: {variable}: there is no command 'handel' (did you mean \"handle\"?)",
            Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Read_VariablesOfExternalData_HaveNoEffect() => Assert.Equal(
        "Warning: /m.cfg:1: xsddefault_status_log has no effect", Assert.Single(Read("xsddefault_status_log=x").Diagnostics).ToString());

    [Fact]
    public void Read_FileIncludedTwice_IsRefused()
    {
        var result = MainConfigurationReader.Read(
            ConfigurationFiles.Source("/m.cfg", "include_file=a.cfg\ninclude_file=a.cfg\n"), [ConfigurationFiles.Source("/a.cfg", "")]);

        Assert.Equal("Error: /m.cfg:2: include_file: '/a.cfg' is included a second time", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void WithoutEffect_IsTrue()
    {
        var source = ConfigurationCorpusTests.RepositoryFolder("src");
        var factory = File.ReadAllText(Path.Combine(source, "Compeer.Configuration/Main/MainConfigurationFactory.cs"));

        // merlin.conf has keys of the same names, and what mon looks at has no effect.
        string[] files = [.. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/Main/", StringComparison.Ordinal)
                && !f.Contains("/Compeer.Configuration/Nodes/", StringComparison.Ordinal)
                && !f.Contains("/Compeer.Cli/", StringComparison.Ordinal)
                && Path.GetFileName(f) is not "MainConfiguration.cs")];
        var program = string.Concat(files.Select(File.ReadAllText));
        foreach (var name in MainVariables.Names.Where(n => MainVariables.Find(n)!.Name == n))
        {
            var isRead = program.Contains($"\"{name}\"", StringComparison.Ordinal)
                || (!Shown.Contains(name) && Regex.Matches(factory, $@"(\w+) = [^\n]*""{name}""")
                    .Any(m => program.Contains("." + m.Groups[1].Value, StringComparison.Ordinal)))
                || name is "config_rel_path" or "include_file" or "include_dir" or "allow_empty_hostgroup_assignment";
            Assert.True(isRead == MainVariables.Find(name)!.HasEffect, $"{name}: read by the program: {isRead}; see HasEffect");
        }
    }

    private static MainConfigurationResult Read(string text) =>
        MainConfigurationReader.Read(ConfigurationFiles.Source("/m.cfg", text + "\n"));

    private static MainConfiguration Plain(MainConfiguration main) =>
        main with { Values = [], Positions = [], TimeZonePosition = null, PathPositions = [], WithoutEffect = [] };

    private static string Sample(ReferenceTables.Row row) => row.Kind switch
    {
        "bool" => "1",
        "obsolete" when HaveEffect.Contains(row.Name) => "1",
        "int" when row.Name.Contains("_skip_", StringComparison.Ordinal) => "3",
        "int" or "uint" or "double" or "bitmask" => "7",
        "enum" => row.Note.Split('|')[^1],
        _ => "text",
    };

    [GeneratedRegex("^(-?[0-9.]+|[a-z]+)(?= |$)")]
    private static partial Regex Value();
}
