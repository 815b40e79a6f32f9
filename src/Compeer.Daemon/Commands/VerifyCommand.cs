using Compeer.Configuration.Objects.Definitions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --verify</c>: every finding, then the counts, as <c>naemon -v</c> ends.</summary>
internal static class VerifyCommand
{
    public static int Run(string mainFile) => Report(ConfigurationLoader.Load(mainFile));

    public static int Report(LoadedConfiguration loaded)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput());
        return Report(loaded, output);
    }

    internal static int Report(LoadedConfiguration loaded, Stream output)
    {
        foreach (var finding in loaded.Diagnostics)
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
        OutputLines.Write(output, $"Total Warnings: {loaded.Warnings}");
        OutputLines.Write(output, $"Total Errors:   {loaded.Errors}");
        return loaded.Errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

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
