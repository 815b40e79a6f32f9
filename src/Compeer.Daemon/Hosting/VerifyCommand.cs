using Compeer.Daemon.Configuration;
using Compeer.Objects.Diagnostics;

namespace Compeer.Daemon.Hosting;

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
        foreach (Diagnostic finding in loaded.Diagnostics)
        {
            OutputLines.Write(output, finding);
        }

        if (loaded.Main is { WithoutEffect: { Length: > 0 } withoutEffect })
        {
            OutputLines.Write(output, $"Note: set but without effect yet: {string.Join(", ", withoutEffect)}");
        }

        if (loaded.Objects is { } objects)
        {
            OutputLines.Write(output, $"Checked {objects.Services.Length} services.");
            OutputLines.Write(output, $"Checked {objects.Hosts.Length} hosts.");
            OutputLines.Write(output, $"Checked {objects.HostGroups.Length} host groups.");
            OutputLines.Write(output, $"Checked {objects.ServiceGroups.Length} service groups.");
            OutputLines.Write(output, $"Checked {objects.Contacts.Length} contacts.");
            OutputLines.Write(output, $"Checked {objects.ContactGroups.Length} contact groups.");
            OutputLines.Write(output, $"Checked {objects.Commands.Length} commands.");
            OutputLines.Write(output, $"Checked {objects.TimePeriods.Length} time periods.");
            OutputLines.Write(output, $"Checked {objects.HostEscalations.Length} host escalations.");
            OutputLines.Write(output, $"Checked {objects.ServiceEscalations.Length} service escalations.");
            OutputLines.Write(output, $"Checked {objects.HostDependencies.Length} host dependencies.");
            OutputLines.Write(output, $"Checked {objects.ServiceDependencies.Length} service dependencies.");
        }

        OutputLines.Write(output, "");
        OutputLines.Write(output, $"Total Warnings: {loaded.Warnings}");
        OutputLines.Write(output, $"Total Errors:   {loaded.Errors}");
        return loaded.Errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
