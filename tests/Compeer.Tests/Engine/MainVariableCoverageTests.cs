using System.Text.RegularExpressions;
using Compeer.Configuration.Main;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Engine;

/// <summary>Every variable that has an effect has a test that says so: <c>[Trait("Variable", "its_name")]</c>, here or among the
/// end-to-end tests.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class MainVariableCoverageTests
{
    [Fact]
    public void VariablesWithEffect_AreAllTested()
    {
        var tests = ConfigurationCorpusTests.RepositoryFolder("tests");
        var tested = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => TraitOfVariable().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        var withEffect = MainVariables.Names.Select(name => MainVariables.Find(name)!)
            .Where(variable => variable.HasEffect)
            .Select(variable => variable.Name)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(withEffect.Except(tested));
        Assert.Empty(tested.Except(MainVariables.Names));
    }

    [GeneratedRegex("""^\s*\[Trait\("Variable", "(\w+)"\)\]""", RegexOptions.Multiline)]
    private static partial Regex TraitOfVariable();
}
