using Compeer.Daemon.Commands;

namespace Compeer.Tests.Daemon.Commands;

public sealed class ProgramArgumentsTests
{
    [Fact]
    public void Parse_Nothing_RunsInTheForeground() =>
        Assert.Equal(new ProgramArguments(ProgramMode.Foreground, File: null), ProgramArguments.Parse([], out _));

    [Fact]
    public void Parse_VerifyWithFile_TakesBothAndNaemonsSwitchToo()
    {
        var expected = new ProgramArguments(ProgramMode.Verify, "/etc/naemon.cfg");
        Assert.Equal(expected, ProgramArguments.Parse(["--verify", "/etc/naemon.cfg"], out _));
        Assert.Equal(expected, ProgramArguments.Parse(["-v", "/etc/naemon.cfg"], out _));
    }

    [Theory]
    [InlineData("--precache", "/etc/naemon.cfg")]
    [InlineData("-vp", "/etc/naemon.cfg")]
    [InlineData("-pv", "/etc/naemon.cfg")]
    [InlineData("-v", "-p", "/etc/naemon.cfg")]
    [InlineData("--precache-objects", "--verify-config", "/etc/naemon.cfg")]
    public void Parse_Precache_IsUnderstoodAsNaemonWritesIt(params string[] arguments) => Assert.Equal(
        new ProgramArguments(ProgramMode.Precache, "/etc/naemon.cfg"), ProgramArguments.Parse(arguments, out _));

    [Theory]
    [InlineData("--verfy")]
    [InlineData("start")]
    [InlineData("--daemonize", "now")]
    [InlineData("--verify", "one", "two")]
    [InlineData("-v", "-p", "one", "two")]
    public void Parse_Nonsense_NamesTheArgument(params string[] arguments)
    {
        Assert.Null(ProgramArguments.Parse(arguments, out var problem));
        Assert.Contains($"'{arguments[^1]}'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Split_TakesThePollers()
    {
        Assert.Equal(new ProgramArguments(ProgramMode.Split, File: null), ProgramArguments.Parse(["--split"], out _));
        Assert.Equal(new ProgramArguments(ProgramMode.Split, "luke,leya"), ProgramArguments.Parse(["--split", "luke,leya"], out _));
    }

    [Fact]
    public void Parse_Kept_TakesOneOrTwoConfigurations()
    {
        Assert.Equal(new ProgramArguments(ProgramMode.ListKept, File: null), ProgramArguments.Parse(["--kept"], out _));
        Assert.Equal(
            new ProgramArguments(ProgramMode.CompareKept, File: null) { Subject = "1" },
            ProgramArguments.Parse(["--difference", "1"], out _));
        Assert.Equal(
            new ProgramArguments(ProgramMode.CompareKept, "ab12") { Subject = "1" },
            ProgramArguments.Parse(["--difference", "1", "ab12"], out _));
        Assert.Null(ProgramArguments.Parse(["--difference"], out var problem));
        Assert.Contains("--difference needs an argument", problem, StringComparison.Ordinal);
        Assert.Null(ProgramArguments.Parse(["--difference", "1", "2", "3"], out problem));
        Assert.Contains("unexpected argument '3'", problem, StringComparison.Ordinal);
        Assert.Null(ProgramArguments.Parse(["--kept", "1"], out _));
    }
}
