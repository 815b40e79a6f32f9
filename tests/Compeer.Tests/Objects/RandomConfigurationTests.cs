using Compeer.Objects;

namespace Compeer.Tests.Objects;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RandomConfigurationTests
{
    private const int Seeds = 40;

    [Fact]
    public void Compile_RandomConfigurations_AgreesWithNagios()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("compeer-random-");
        int services = 0;
        try
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            for (int seed = 0; seed < Seeds; seed++)
            {
                services += Compare(seed, Path.Combine(folder.FullName, "objects.cfg"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        // A generator that makes nothing would agree for ever.
        Assert.True(services > Seeds * 5, $"only {services} services in {Seeds} configurations");
    }

    private static int Compare(int seed, string file)
    {
        string text = new RandomConfiguration(seed, withNull: true).Create();
        File.WriteAllText(file, text);
        CompilationResult ours = ConfigurationFiles.Compile(text);
        (bool accepted, string cache, string output) = NagiosVerification.Run([file], "");
        Assert.True(accepted, $"seed {seed}: nagios4 refuses it\n{output}\n{text}");
        Assert.True(ours.Configuration is not null, $"seed {seed}: {string.Join('\n', ours.Diagnostics)}\n{text}");
        string theirs = ObjectCacheText.NormalizeNagios(cache);
        string mine = ObjectCacheText.NormalizeForNagios(ConfigurationCorpusTests.Cache(ours.Configuration));
        if (theirs != mine)
        {
            string[] blocks = [.. theirs.Split("\n\n").Except(mine.Split("\n\n")), "--- and not",
                .. mine.Split("\n\n").Except(theirs.Split("\n\n"))];
            Assert.Fail($"seed {seed}: nagios4 gives\n{string.Join("\n\n", blocks)}\n--- configuration\n{text}");
        }

        return ours.Configuration.Services.Length;
    }

    [Fact]
    public void Write_RandomConfigurations_ReadsBackTheSame()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            ObjectConfiguration first = ConfigurationFiles.Compile(new RandomConfiguration(seed, withNull: false).Create()).Configuration!;
            string cache = ConfigurationCorpusTests.Cache(first);
            CompilationResult again = ConfigurationFiles.Compile(cache);
            Assert.True(again.Configuration is not null, $"seed {seed}: {string.Join('\n', again.Diagnostics)}");
            Assert.Equal(cache, ConfigurationCorpusTests.Cache(again.Configuration));
            Assert.True(ConfigurationDiff.Between(first, again.Configuration).IsEmpty, $"seed {seed}");
        }
    }
}
