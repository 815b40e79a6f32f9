using Compeer.Daemon.Configuration;
using Compeer.Objects.Diagnostics;

namespace Compeer.Daemon.Hosting;

/// <summary><c>mond --verify</c>: every finding, then the counts, as <c>naemon -v</c> ends.</summary>
internal static class VerifyCommand
{
    public static int Run(string mainFile) => Report(ConfigurationLoader.Load(mainFile));

    public static int Report(LoadedConfiguration loaded)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (Diagnostic finding in loaded.Diagnostics)
        {
            output.WriteLine(finding);
        }

        if (loaded.Main is { WithoutEffect: { Length: > 0 } withoutEffect })
        {
            output.WriteLine($"Note: set but without effect yet: {string.Join(", ", withoutEffect)}");
        }

        if (loaded.Objects is { } objects)
        {
            output.WriteLine($"Checked {objects.Services.Length} services.");
            output.WriteLine($"Checked {objects.Hosts.Length} hosts.");
            output.WriteLine($"Checked {objects.HostGroups.Length} host groups.");
            output.WriteLine($"Checked {objects.ServiceGroups.Length} service groups.");
            output.WriteLine($"Checked {objects.Contacts.Length} contacts.");
            output.WriteLine($"Checked {objects.ContactGroups.Length} contact groups.");
            output.WriteLine($"Checked {objects.Commands.Length} commands.");
            output.WriteLine($"Checked {objects.TimePeriods.Length} time periods.");
            output.WriteLine($"Checked {objects.HostEscalations.Length} host escalations.");
            output.WriteLine($"Checked {objects.ServiceEscalations.Length} service escalations.");
            output.WriteLine($"Checked {objects.HostDependencies.Length} host dependencies.");
            output.WriteLine($"Checked {objects.ServiceDependencies.Length} service dependencies.");
        }

        output.WriteLine();
        output.WriteLine($"Total Warnings: {loaded.Warnings}");
        output.WriteLine($"Total Errors:   {loaded.Errors}");
        return loaded.Errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
