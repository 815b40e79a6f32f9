using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;

namespace Compeer.Daemon.Hosting;

/// <summary><c>mond --files</c>: the object files, one a line, in alphabetical order.</summary>
internal static class ListFilesCommand
{
    public static int Run(string mainFile)
    {
        LoadedConfiguration listed = ConfigurationLoader.ListFiles(mainFile);
        using Stream errors = Console.OpenStandardError();
        foreach (Diagnostic finding in listed.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error))
        {
            OutputLines.Write(errors, finding);
        }

        foreach (string file in listed.ObjectFiles)
        {
            Console.Out.WriteLine(file);
        }

        return listed.Errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
