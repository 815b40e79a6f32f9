using System.Diagnostics;
using Compeer.Cli.Remote;

namespace Compeer.Tests.Cli.Remote;

public sealed class RemoteCommandTests
{
    [Theory]
    [InlineData("mon restart", "mon", "restart")]
    [InlineData("echo $(hostname) | wc", "echo $(hostname) | wc")]
    [InlineData("it's", "it's")]
    [InlineData("echo $(hostname) | wc", "echo", "$(hostname)", "|", "wc")]
    [InlineData("echo 'a  b' ''", "echo", "a  b", "")]
    [InlineData("echo \"$HOME\"", "echo", "\"$HOME\"")]
    [InlineData("echo 'it'\\''s'", "echo", "it's")]
    [InlineData("echo 'a\"'", "echo", "a\"")]
    [InlineData("echo 'a\\'", "echo", "a\\")]
    [InlineData("echo a\\'b", "echo", "a\\'b")]
    [InlineData("echo 'a\nb'", "echo", "a\nb")]
    public void Join_Words_AreWhatWasTyped(string expected, params string[] words) => Assert.Equal(expected, RemoteCommand.Join(words));

    [Theory]
    [InlineData("echo \"a  b\"; printf %s\\\\n 'it'\\''s' $((1+1))", "a  b\nit's\n2\n")]
    [InlineData("exec 2>&1; (exit 3) || echo \"$?\"", "3\n")]
    public void Attended_NoMonThere_RunsTheLineAsItIs(string command, string expected)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", RemoteCommand.Attended(command)]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = "/nowhere";
        start.Environment["SHELL"] = "/bin/sh";
        using var shell = Process.Start(start)!;

        Assert.Equal(expected, shell.StandardOutput.ReadToEnd());
    }
}
