using System.Diagnostics;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Packaging;

/// <summary>
/// The packages that the tests install: built once in a run, of what stands in the repository, or the ones that the variables
/// COMPEER_DEB and COMPEER_RPM name.
/// </summary>
internal static class BuiltPackage
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    /// <summary>Both are built in the same folders: one after the other.</summary>
    private static readonly SemaphoreSlim Building = new(1);

    private static readonly Lazy<Task<string>> Deb = new(() => FindOrBuildAsync("COMPEER_DEB", "packaging/build-deb.sh"));

    private static readonly Lazy<Task<string>> Rpm = new(() => FindOrBuildAsync("COMPEER_RPM", "packaging/build-rpm.sh"));

    /// <summary>The folder of the repository.</summary>
    public static string Repository
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Compeer.slnx")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
            }

            return folder;
        }
    }

    /// <summary>The Debian package.</summary>
    public static Task<string> DebAsync() => Deb.Value;

    /// <summary>The RPM package.</summary>
    public static Task<string> RpmAsync() => Rpm.Value;

    /// <summary>The same Debian package as a later version; made with little work, not compressed.</summary>
    public static async Task<string> LaterDebAsync(TestFolder folder, string version)
    {
        var package = folder.File($"compeer_{version}.deb");
        await RunAsync(
            "/",
            "bash",
            "-c",
            "set -eu; tree=$1/tree; dpkg-deb --raw-extract \"$2\" \"$tree\"; "
            + "sed -i \"s/^Version: .*/Version: $3/\" \"$tree/DEBIAN/control\"; "
            + "dpkg-deb --root-owner-group -Znone --build \"$tree\" \"$4\"; rm -rf \"$tree\"",
            "later",
            folder.Path,
            await DebAsync(),
            version,
            package);
        return package;
    }

    /// <summary>Runs a program outside, which must succeed, and gives its standard output.</summary>
    public static async Task<string> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        // What runs these tests has settings of its own for everything that is built below it.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(process.WaitForExitAsync(), output, error).WaitAsync(BuildLimit);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{await output}\n{await error}");
        return await output;
    }

    private static async Task<string> FindOrBuildAsync(string variable, string script)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } file)
        {
            return file;
        }

        var target = Path.Combine(Repository, "artifacts", "tested-package");
        Directory.CreateDirectory(target);
        await Building.WaitAsync();
        try
        {
            var output = await RunAsync(Repository, Path.Combine(Repository, script), target, "--quick");
            return output.TrimEnd('\n').Split('\n')[^1];
        }
        finally
        {
            Building.Release();
        }
    }
}
