using Compeer.Objects;

namespace Compeer.Tests.Objects;

public sealed class ResourceFileTests
{
    [Fact]
    public void Compile_ResourceFile_GivesUserMacros()
    {
        CompilationResult result = Compile("# c\n$USER1$=/usr/lib ; kept\n$USER256$ = a=b\n$USER2$=\n");

        Assert.Empty(result.Diagnostics);
        Assert.Equal("/usr/lib ; kept", result.Configuration!.Resources["USER1"]);
        Assert.Equal("a=b", result.Configuration.Resources["USER256"]);
        Assert.Equal("", result.Configuration.Resources["USER2"]);
    }

    [Theory]
    [InlineData("$USER257$=x")]
    [InlineData("$USER0$=x")]
    [InlineData("USER1=x")]
    [InlineData("$OTHER$=x")]
    [InlineData("secret")]
    public void Compile_FaultyResourceLine_IsRefusedWithoutItsValue(string line)
    {
        string message = Assert.Single(Compile(line).Diagnostics).ToString();

        Assert.StartsWith("Error: r.cfg:1: expected $USERn$=value", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static CompilationResult Compile(string text) => ObjectConfigurationCompiler.Compile(
        ConfigurationFiles.MainFrom(""), [], [ConfigurationFiles.Source("r.cfg", text)]);
}
