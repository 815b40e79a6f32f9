using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --verify</c>: every finding, then the counts, as <c>naemon -v</c> ends. What a start refuses is an error here,
/// and what keeps a way in from being turned on.</summary>
internal static class VerifyCommand
{
    public static int Run(MonitorPaths paths, string mainFile) => Report(paths, mainFile, ConfigurationLoader.Load(mainFile));

    public static int Report(MonitorPaths paths, string mainFile, LoadedConfiguration loaded)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput());
        return Report(loaded, [.. NodesOf(paths, mainFile, loaded.Objects), .. WaysOf(paths, mainFile)], output);
    }

    internal static int Report(LoadedConfiguration loaded, ImmutableArray<Diagnostic> others, Stream output)
    {
        foreach (var finding in loaded.Diagnostics.Concat(others))
        {
            OutputLines.Write(output, finding);
        }

        foreach (var line in WithoutEffect.Of(loaded))
        {
            OutputLines.Write(output, $"Note: {line}");
        }

        foreach ((var count, var type) in loaded.Objects is { } objects ? Counts(objects) : [])
        {
            OutputLines.Write(output, $"Checked {count} {type}.");
        }

        OutputLines.Write(output, "");
        var errors = loaded.Errors + others.Count(finding => finding.Severity == DiagnosticSeverity.Error);
        var warnings = loaded.Warnings + others.Count(finding => finding.Severity == DiagnosticSeverity.Warning);
        OutputLines.Write(output, $"Total Warnings: {warnings}");
        OutputLines.Write(output, $"Total Errors:   {errors}");
        return errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>merlin.conf belongs to the installation: it is looked at beside the main configuration that a start reads, and
    /// not beside a file from elsewhere.</summary>
    internal static ImmutableArray<Diagnostic> NodesOf(MonitorPaths paths, string mainFile, ObjectConfiguration? objects) =>
        IsOwn(paths, mainFile) ? NodeVerification.Of(paths, objects) : [];

    /// <summary>nsca.cfg and nrdp.cfg belong to it, too.</summary>
    internal static ImmutableArray<Diagnostic> WaysOf(MonitorPaths paths, string mainFile) =>
        IsOwn(paths, mainFile) ? PassiveVerification.Of(paths) : [];

    private static bool IsOwn(MonitorPaths paths, string mainFile) => Path.GetFullPath(mainFile) == paths.FindMainConfiguration();

    private static (int Count, string Type)[] Counts(ObjectConfiguration objects) =>
    [
        (objects.Services.Length, "services"),
        (objects.Hosts.Length, "hosts"),
        (objects.HostGroups.Length, "host groups"),
        (objects.ServiceGroups.Length, "service groups"),
        (objects.Contacts.Length, "contacts"),
        (objects.ContactGroups.Length, "contact groups"),
        (objects.Commands.Length, "commands"),
        (objects.TimePeriods.Length, "time periods"),
        (objects.HostEscalations.Length, "host escalations"),
        (objects.ServiceEscalations.Length, "service escalations"),
        (objects.HostDependencies.Length, "host dependencies"),
        (objects.ServiceDependencies.Length, "service dependencies"),
    ];
}
