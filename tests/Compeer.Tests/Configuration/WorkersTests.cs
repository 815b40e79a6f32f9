using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration;

/// <summary>How many workers help changes nothing in what comes out.</summary>
public sealed class WorkersTests
{
    private const int Seeds = 60;

    /// <summary>The steps backwards: the order must not matter.</summary>
    private static readonly Workers Backwards = new(5, (steps, step) =>
    {
        for (var i = steps - 1; i >= 0; i--)
        {
            step(i);
        }
    });

    [Fact]
    public void Compile_RandomConfigurations_IsTheSameInShares()
    {
        var divided = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            (var files, var main) = Files(seed, broken: false);
            (var whole, var shared) = Both(files, main);
            Assert.NotNull(whole.Configuration);
            Assert.NotNull(shared.Configuration);
            Assert.Equal(ConfigurationCorpusTests.Cache(whole.Configuration), ConfigurationCorpusTests.Cache(shared.Configuration));
            Assert.Equal(
                whole.Configuration.Services.Select(s => s.Position), shared.Configuration.Services.Select(s => s.Position));
            divided += Compeer.Configuration.Objects.Syntax.FileShares.Divide(files, Backwards.Count, smallest: 1).Count;
        }

        Assert.True(divided > Seeds * 3, $"only {divided} shares of {Seeds} configurations");
    }

    [Fact]
    public void Compile_BrokenConfigurations_HasTheSameFindingsInShares()
    {
        var findings = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            (var files, var main) = Files(seed, broken: true);
            (var whole, var shared) = Both(files, main);
            Assert.Equal(whole.Diagnostics.Select(d => d.ToString()), shared.Diagnostics.Select(d => d.ToString()));
            Assert.Equal((whole.Errors, whole.Warnings), (shared.Errors, shared.Warnings));
            findings += whole.Errors;
        }

        Assert.True(findings > Seeds, $"only {findings} errors");
    }

    [Fact]
    public void Compile_MoreFindingsThanAreShown_AreCountedTheSameInShares()
    {
        var text = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"define host {{\n  host_nme h{i}\n}}\n"));
        (var whole, var shared) = Both([ConfigurationFiles.Source("a.cfg", text)], "");
        Assert.Equal(8_000, whole.Errors);
        Assert.Equal(whole.Errors, shared.Errors);
        Assert.Equal(whole.Diagnostics.Select(d => d.ToString()), shared.Diagnostics.Select(d => d.ToString()));
    }

    private static (CompilationResult Whole, CompilationResult Shared) Both(IReadOnlyList<SourceFile> files, string mainText)
    {
        var main = ConfigurationFiles.MainFrom(mainText);
        return (ObjectConfigurationCompiler.Compile(main, files, []),
            ObjectConfigurationCompiler.Compile(main, files, [], Backwards, smallestShare: 1));
    }

    private static (SourceFile[] Files, string Main) Files(int seed, bool broken)
    {
        var configuration = new RandomConfiguration(seed, withNull: true);
        var text = configuration.Create();
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; broken && i < 6; i++)
        {
            bytes[random.Next(bytes.Length)] = (byte)"}{\n;#\\x"[random.Next(7)];
        }

        // Cut anywhere between two blocks, as administrators do.
        var cut = text.IndexOf("define", random.Next(text.Length / 2), StringComparison.Ordinal);
        return (
            [new SourceFile("a.cfg", bytes.AsMemory(0, cut)), new SourceFile("b.cfg", bytes.AsMemory(cut))], configuration.Main);
    }
}
