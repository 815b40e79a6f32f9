using Compeer.Configuration;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Main;

public sealed class ResourceFileTests
{
    [Fact]
    public void Compile_ResourceFile_GivesUserMacros()
    {
        var result = Compile("# c\n$USER1$=/usr/lib ; kept\n$USER256$ = a=b\n$USER2$=\n");

        Assert.Empty(result.Diagnostics);
        Assert.Equal("/usr/lib ; kept", result.Configuration!.Resources["USER1"]);
        Assert.Equal("a=b", result.Configuration.Resources["USER256"]);
        Assert.Equal("", result.Configuration.Resources["USER2"]);
    }

    [Fact]
    public void Compile_LineWithoutValue_IsRefusedWithoutShowingIt()
    {
        var message = Assert.Single(Compile("secret").Diagnostics).ToString();

        Assert.Equal("Error: r.cfg:1: expected $USERn$=value with n from 1 to 256, found a line without '='", message);
    }

    [Theory]
    [InlineData("$USER257$")]
    [InlineData("$USER0$")]
    [InlineData("USER1")]
    [InlineData("$OTHER$")]
    public void Compile_OtherMacro_HasNoEffectAsInNaemon(string name)
    {
        var result = Compile($"{name}=secret");

        Assert.Equal(
            $"Warning: r.cfg:1: '{name}' has no effect; write $USERn$ with n from 1 to 256",
            Assert.Single(result.Diagnostics).ToString());
        Assert.Empty(result.Configuration!.Resources);
    }

    [Fact]
    public void Compile_Utf16_IsNamedAsSuch() => Assert.Equal(
        "Error: r.cfg:1: the file is in UTF-16; save it as UTF-8",
        Assert.Single(ObjectConfigurationCompiler.Compile(
            ConfigurationFiles.MainFrom(""),
            [],
            [new SourceFile("r.cfg", (byte[])[0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("$USER1$=x\n")])])
            .Diagnostics).ToString());

    private static CompilationResult Compile(string text) => ObjectConfigurationCompiler.Compile(
        ConfigurationFiles.MainFrom(""), [], [ConfigurationFiles.Source("r.cfg", text)]);
}
