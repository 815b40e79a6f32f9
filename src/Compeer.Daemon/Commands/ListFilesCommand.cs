using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --files</c>: the object files, one a line, in alphabetical order.</summary>
internal static class ListFilesCommand
{
    public static int Run(string mainFile)
    {
        var listed = ConfigurationLoader.ListFiles(mainFile);
        using var errors = Console.OpenStandardError();
        foreach (var finding in listed.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error))
        {
            OutputLines.Write(errors, finding);
        }

        foreach (var file in listed.ObjectFiles.Select(file => file.Path))
        {
            Console.Out.WriteLine(file);
        }

        return listed.Errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
