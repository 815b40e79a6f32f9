using Compeer.Configuration.Objects.Comparison;

namespace Compeer.Tests.Configuration;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RandomConfigurationTests
{
    private const int Seeds = 170;

    /// <summary>All that the generator can draw.</summary>
    private const int Features = 136;

    [Fact]
    public void Compile_RandomConfigurations_AgreesWithNagios()
    {
        var folder = Directory.CreateTempSubdirectory("compeer-random-");
        var services = 0;
        var drawn = new HashSet<string>();
        try
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            for (var seed = 0; seed < Seeds; seed++)
            {
                services += Compare(seed, Path.Combine(folder.FullName, "objects.cfg"), drawn);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        // A generator that makes nothing would agree for ever.
        Assert.True(services > Seeds * 5, $"only {services} services in {Seeds} configurations");
        Assert.Equal(Features, drawn.Count);
    }

    private static int Compare(int seed, string file, HashSet<string> drawn)
    {
        var random = new RandomConfiguration(seed, withNull: true);
        var text = random.Create();
        drawn.UnionWith(random.Drawn);
        File.WriteAllText(file, text);
        var ours = ConfigurationFiles.Compile(text, random.Main);
        (var accepted, var cache, var output) = NagiosVerification.Run([file], random.Main);
        Assert.True(accepted, $"seed {seed}: nagios4 refuses it\n{output}\n{text}");
        Assert.True(ours.Configuration is not null, $"seed {seed}: {string.Join('\n', ours.Diagnostics)}\n{text}");
        var theirs = ObjectCacheText.NormalizeNagios(cache);
        var mine = ObjectCacheText.NormalizeForNagios(ConfigurationCorpusTests.Cache(ours.Configuration));
        if (theirs != mine)
        {
            var onlyTheirs = More(theirs, mine);
            var onlyMine = More(mine, theirs);
            Assert.Fail($"seed {seed}: nagios4 gives\n{string.Join("\n\n", onlyTheirs)}\n--- and not\n"
                + $"{string.Join("\n\n", onlyMine)}\n--- configuration\n{text}");
        }

        return ours.Configuration.Services.Length;
    }

    /// <summary>The blocks that stand in the one more often than in the other.</summary>
    private static IEnumerable<string> More(string one, string other)
    {
        var counts = other.Split("\n\n").CountBy(block => block).ToDictionary();
        return one.Split("\n\n").CountBy(block => block)
            .Where(block => block.Value > counts.GetValueOrDefault(block.Key)).Select(block => $"{block.Value} times {block.Key}");
    }

    [Fact]
    public void Write_RandomConfigurations_ReadsBackTheSame()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new RandomConfiguration(seed, withNull: false);
            var first = ConfigurationFiles.Compile(random.Create(), random.Main).Configuration!;
            var cache = ConfigurationCorpusTests.Cache(first);
            var again = ConfigurationFiles.Compile(cache);
            Assert.True(again.Configuration is not null, $"seed {seed}: {string.Join('\n', again.Diagnostics)}");
            Assert.Equal(cache, ConfigurationCorpusTests.Cache(again.Configuration));
            Assert.True(ConfigurationDiff.Between(first, again.Configuration).IsEmpty, $"seed {seed}");
        }
    }
}
