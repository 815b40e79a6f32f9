using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// The programs under test: those beside the tests, or those in the folder that COMPEER_BIN names (a release build,
/// an installed package).
/// </summary>
internal static class Programs
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(90);

    public static readonly string Folder = Environment.GetEnvironmentVariable("COMPEER_BIN") is { Length: > 0 } folder
        ? folder
        : AppContext.BaseDirectory;

    public static string Mond => Path.Combine(Folder, "mond");

    public static string Mon => Path.Combine(Folder, "mon");

    /// <summary>Where the programs find the runtime that runs these tests.</summary>
    public static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    /// <summary>How to start a program for a prefix, its output going to the tests.</summary>
    public static ProcessStartInfo StartInfo(string prefix, string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = prefix,
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        // Not what the test runner needs for itself.
        foreach (var name in info.Environment.Keys.Where(IsOfTestRunner).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["MON_PREFIX"] = prefix;
        info.Environment["DOTNET_ROOT"] = DotnetRoot;
        info.Environment["NO_COLOR"] = "1";

        // The runtime's diagnostic sockets in /tmp would outlive a process that is killed.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        info.Environment["LC_ALL"] = "C";

        // They end before what the runtime learns of their busiest methods would pay.
        info.Environment["DOTNET_TieredPGO"] = "0";
        return info;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(string prefix, string program, params IEnumerable<string> arguments)
    {
        var info = StartInfo(prefix, program, arguments);
        var command = $"{Path.GetFileName(program)} {string.Join(' ', info.ArgumentList)}";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            using var limit = new CancellationTokenSource(LongestRun);
            await process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(output, error).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            var ended = process.HasExited;
            process.Kill(entireProcessTree: true);
            Assert.Fail(ended
                ? $"{command} ended but something it started keeps its output open"
                : $"{command} did not end within {LongestRun.TotalSeconds} s");
        }

        return new ProgramResult(command, process.ExitCode, await output, await error, clock.Elapsed);
    }

    private static bool IsOfTestRunner(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase)
        || name is "MON_PREFIX";
}
