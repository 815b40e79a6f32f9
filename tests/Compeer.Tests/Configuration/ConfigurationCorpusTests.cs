using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration;

/// <summary>
/// Small configurations, one for each rule of the language, under tests/corpus/configuration. Each folder has:
/// <list type="bullet">
/// <item><c>objects.cfg</c>, read after the common <c>base.cfg</c>, and perhaps <c>main.cfg</c> with variables;</item>
/// <item><c>expected.txt</c>: the resolved objects, or the diagnostics of a configuration that is refused;</item>
/// <item><c>differs.txt</c> where nagios4 is known to resolve it differently, with the reason.</item>
/// </list>
/// COMPEER_REWRITE_EXPECTED=1 writes the expected files anew; look at the difference before keeping it.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationCorpusTests
{
    private static readonly string Folder = RepositoryFolder("tests/corpus/configuration");

    public static TheoryData<string> Rules => new(Directory.GetDirectories(Folder).Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Compile_Rule_GivesTheExpectedObjects(string rule)
    {
        var expected = Path.Combine(Folder, rule, "expected.txt");
        var actual = Describe(Compile(rule));
        if (Environment.GetEnvironmentVariable("COMPEER_REWRITE_EXPECTED") == "1")
        {
            File.WriteAllBytes(expected, ConfigurationText.Encode(actual));
        }

        Assert.Equal(ConfigurationText.Decode(File.ReadAllBytes(expected)), actual);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Compile_Rule_AgreesWithNagios(string rule)
    {
        var ours = Compile(rule);
        (var accepted, var cache, var output) = NagiosVerification.Run(
            [Path.Combine(Folder, "base.cfg"), Path.Combine(Folder, rule, "objects.cfg")], MainLines(rule));
        var same = accepted == ours.Configuration is not null
            && (!accepted || ObjectCacheText.NormalizeNagios(cache)
                == ObjectCacheText.NormalizeForNagios(Cache(ours.Configuration!)));
        var isKnown = File.Exists(Path.Combine(Folder, rule, "differs.txt"));
        if (isKnown)
        {
            Assert.False(same, "nagios4 agrees; differs.txt is out of date");
        }
        else if (!same)
        {
            Assert.Equal(
                accepted ? ObjectCacheText.NormalizeNagios(cache) : output,
                ours.Configuration is null ? Describe(ours) : ObjectCacheText.NormalizeForNagios(Cache(ours.Configuration)));
        }
    }

    internal static string Cache(ObjectConfiguration configuration)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Compeer.Configuration.Objects.Output.ObjectCacheWriter.Write(
            configuration, TimeSpan.FromSeconds(60), DateTimeOffset.UnixEpoch, output);
        return ConfigurationText.Decode(output.WrittenSpan);
    }

    private static string Describe(CompilationResult result)
    {
        var text = new StringBuilder();
        foreach (object diagnostic in result.Diagnostics)
        {
            text.Append(diagnostic).Append('\n');
        }

        if (result.Configuration is not null)
        {
            text.Append(ObjectCacheText.Normalize(Cache(result.Configuration)));
        }

        return text.ToString();
    }

    private static CompilationResult Compile(string rule) => ObjectConfigurationCompiler.Compile(
        ConfigurationFiles.MainFrom(MainLines(rule)),
        [
            new SourceFile("base.cfg", File.ReadAllBytes(Path.Combine(Folder, "base.cfg"))),
            new SourceFile("objects.cfg", File.ReadAllBytes(Path.Combine(Folder, rule, "objects.cfg"))),
        ],
        []);

    private static string MainLines(string rule)
    {
        var file = Path.Combine(Folder, rule, "main.cfg");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    internal static string RepositoryFolder(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Compeer.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new InvalidOperationException("not inside the repository"), path);
    }
}
