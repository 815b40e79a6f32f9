using System.Globalization;
using Compeer.Configuration;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Tests.Configuration.Objects.Building;

/// <summary>What follows a command's name after <c>!</c>.</summary>
public sealed class CommandArgumentTests
{
    [Theory]
    [InlineData("c")]
    [InlineData("c!", "")]
    [InlineData("c!a", "a")]
    [InlineData("c!a!b", "a", "b")]
    [InlineData("c!!b!", "", "b", "")]
    [InlineData("c!a\\!b!c", "a!b", "c")]
    [InlineData("c!\\!!\\!\\!", "!", "!!")]
    [InlineData("c!a\\\\!b", "a\\!b")]
    [InlineData("c!a\\b!\\x", "a\\b", "\\x")]
    [InlineData("c!ä!80%,90%", "ä", "80%,90%")]
    public void CheckCommand_Arguments_AreSplitAtUnescapedMarks(string call, params string[] expected) =>
        Assert.Equal(expected, Call(call).Arguments.AsEnumerable());

    [Fact]
    public void CheckCommand_MoreArgumentsThanMacros_LeavesTheRestWithAWarning()
    {
        var call = "c" + string.Concat(Enumerable.Range(1, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"!{i}")));
        var result = Compile(call);
        Assert.Equal(32, result.Configuration!.Hosts[0].CheckCommand!.Arguments.Length);
        Assert.Contains(
            result.Diagnostics, d => d.Message.Contains("only the first 32 of 40 arguments are used", StringComparison.Ordinal));
    }

    [Fact]
    public void CheckCommand_UnknownWithArguments_IsNamedWithoutThem()
    {
        var result = Compile("d!a!b");
        Assert.Contains(result.Diagnostics, d => d.Message.Contains("there is no command 'd'", StringComparison.Ordinal));
    }

    [Fact]
    public void CheckCommand_ArgumentsThatRepeat_AreOneString()
    {
        var first = Call("c!80%!1", out var second, "c!80%!2");
        Assert.Same(first.Arguments[0], second.Arguments[0]);
        Assert.Equal("2", second.Arguments[1]);
    }

    private static CommandCall Call(string call) => Call(call, out _, call);

    private static CommandCall Call(string call, out CommandCall other, string otherCall)
    {
        var configuration = Compile(call, otherCall).Configuration!;
        other = configuration.Hosts[1].CheckCommand!;
        return configuration.Hosts[0].CheckCommand!;
    }

    private static CompilationResult Compile(params string[] calls) => ConfigurationFiles.Compile(
        "define command {\n  command_name c\n  command_line x\n}\n" + string.Concat(calls.Select((call, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"define host {{\n  host_name h{i}\n  check_command {call}\n  max_check_attempts 1\n}}\n"))));
}
