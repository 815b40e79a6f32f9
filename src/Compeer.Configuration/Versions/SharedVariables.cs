using System.Globalization;
using Compeer.Configuration.Main;

namespace Compeer.Configuration.Versions;

/// <summary>
/// The variables of the main configuration that change what objects mean. Peers that differ in them would divide, or check,
/// differently under the same object files, so they are part of a configuration and travel with it. Those that are as by default
/// are left out: so a later version can add one to the list and two versions still agree about most configurations.
/// </summary>
internal static class SharedVariables
{
    private static readonly MainConfiguration Defaults = MainConfigurationReader.Read(new Text.SourceFile("/", default)).Understood;

    private static readonly (string Name, Func<MainConfiguration, string> Read)[] All =
    [
        ("allow_circular_dependencies", main => Text(main.AllowCircularDependencies)),
        ("allow_empty_hostgroup_assignment", main => Text((int)main.AllowEmptyHostGroupAssignment)),
        ("host_check_timeout", main => Text(main.HostCheckTimeout)),
        ("illegal_object_name_chars", main => main.IllegalObjectNameCharacters),
        ("interval_length", main => Text(main.IntervalLength)),
        ("service_check_timeout", main => Text(main.ServiceCheckTimeout)),
        ("use_regexp_matching", main => Text(main.UseRegexpMatching)),
        ("use_timezone", main => main.TimeZone ?? ""),
        ("use_true_regexp_matching", main => Text(main.UseTrueRegexpMatching)),
    ];

    /// <summary>Their names, in ordinal order.</summary>
    public static IEnumerable<string> Names => All.Select(variable => variable.Name);

    /// <summary>Those that are not as by default, in the order of names.</summary>
    public static IEnumerable<ManifestLine> Of(MainConfiguration main) => All
        .Select(variable => (variable.Name, Value: variable.Read(main), Default: variable.Read(Defaults)))
        .Where(variable => variable.Value != variable.Default)
        .Select(variable => new ManifestLine(variable.Name, variable.Value));

    private static string Text(bool value) => value ? "1" : "0";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan value) => ((long)value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
