using System.Diagnostics;
using System.Globalization;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration;

/// <summary>
/// Asks <c>nagios4</c>, a close relative of Naemon, what it makes of a configuration: <c>-v</c> for whether it takes it,
/// <c>-p</c> for the objects as it resolved them. With COMPEER_NAEMON=PATH it is that Naemon that is asked, the authority where
/// the two differ; what is known to be different in nagios4 fails then.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class NagiosVerification
{
    private static readonly string? Naemon = Environment.GetEnvironmentVariable("COMPEER_NAEMON");
    private static readonly string Program = Naemon ?? "/usr/sbin/nagios4";
    private static readonly string[] Options = Naemon is null ? ["-vp"] : ["--allow-root", "-vp"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is Naemon that is asked.</summary>
    public static bool IsNaemon => Naemon is not null;

    /// <summary>Whether nagios4 took the configuration, and its object cache when it did.</summary>
    public static (bool Accepted, string Cache, string Output) Run(IEnumerable<string> objectFiles, string mainLines)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing; test.sh installs it (Debian package nagios4-core)");
        var folder = Directory.CreateTempSubdirectory("compeer-nagios-");
        try
        {
            // nagios4 tries its folders as the user nagios, too.
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            var path = folder.FullName;
            File.WriteAllText(Path.Combine(path, "main.cfg"), MainFile(path, objectFiles, mainLines));
            var output = Execute(Path.Combine(path, "main.cfg"));
            var cache = Path.Combine(path, "objects.precache");
            var accepted = output.Contains("Total Errors:   0", StringComparison.Ordinal);
            return (accepted, accepted && File.Exists(cache) ? ConfigurationText.Decode(File.ReadAllBytes(cache)) : "", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string MainFile(string path, IEnumerable<string> objectFiles, string mainLines) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        log_file={path}/log
        object_cache_file={path}/objects.cache
        precached_object_file={path}/objects.precache
        temp_path={path}
        check_result_path={path}
        temp_file={path}/temp
        lock_file={path}/pid
        state_retention_file={path}/retention
        illegal_macro_output_chars=`~$&|'"<>
        check_for_updates=0
        {string.Join('\n', InOrder(objectFiles).Select(f => "cfg_file=" + f))}
        {mainLines}

        """);

    /// <summary>Naemon reads the file first that is named last.</summary>
    private static IEnumerable<string> InOrder(IEnumerable<string> files) => IsNaemon ? files.Reverse() : files;

    private static string Execute(string main)
    {
        var start = new ProcessStartInfo(Program, [.. Options, main]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"nagios4 did not end within {Patience}");
        }

        return output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult();
    }
}
