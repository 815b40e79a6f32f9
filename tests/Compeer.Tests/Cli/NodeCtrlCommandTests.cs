namespace Compeer.Tests.Cli;

public sealed class NodeCtrlCommandTests : IDisposable
{
    private const string Nodes = """
        peer peer02 {
        }
        peer peer03 {
        	connect = no
        }
        poller gbg {
        	hostgroup = gothenburg
        }

        """;

    private readonly CliHarness _mon = new() { Merlin = Nodes };

    public NodeCtrlCommandTests()
    {
        // In place of ssh: says where it was sent to and runs the command line here.
        _mon.Ssh = Path.Combine(_mon.Paths.Prefix, "ssh");
        File.WriteAllText(
            _mon.Ssh,
            """
            #!/bin/bash
            while [[ $1 != -- ]]; do [[ $1 = -E ]] && log=$2; shift; done
            [[ -e $0.fails ]] && { cat "$0.fails" >"$log"; exit 255; }
            where=$2
            [[ $3 =~ "mon node run -- "(.*)"; else" ]] && eval "eval ${BASH_REMATCH[1]}"
            """);
        File.SetUnixFileMode(_mon.Ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("which command?", "peer02", "--")]
    [InlineData("which command?", "--self")]
    [InlineData("on which nodes? \"peer2\" is not a configured node (did you mean \"peer02\"?)", "peer2", "--", "ls")]
    [InlineData("unknown option \"--selv\" (did you mean \"--self\"?)", "--selv", "--", "ls")]
    [InlineData("unknown node type \"pear\" (did you mean \"peer\"?); known are peer, poller and master", "--type=pear", "--", "ls")]
    public async Task Ctrl_WhatMakesNoSense_IsRefusedInOneLine(string fault, params string[] words) =>
        Assert.Equal(
            new CliRun(
                2,
                "",
                $"mon node ctrl: {fault}; usage: mon node ctrl [name …] [--self] [--all|--type=TYPE[,TYPE …]] [--] <command>\n"),
            await _mon.RunAsync(["node", "ctrl", .. words]));

    [Fact]
    public async Task Ctrl_OutputIntoAPipe_HasWholeLinesWithoutNames()
    {
        _mon.IsOutputTerminal = false;

        var run = await _mon.RunAsync("node", "ctrl", "peer02", "gbg", "--", "echo on $where; printf x; echo err >&2");

        Assert.Equal(["on gbg", "on peer02", "x", "x"], run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.Contains("gbg: err\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "gbg: gbg\n", "", "gbg", "peer02", "--type=poller", "--", "echo", "$where")]
    [InlineData(0, "gbg\n", "gbg:\n", "gbg", "--", "echo", "$where")]
    [InlineData(7, "", "gbg:\n", "gbg", "--", "exit", "7")]
    [InlineData(7, "", "here:\n", "--self", "--", "exit", "7")]
    [InlineData(0, "help\n", "gbg:\n", "gbg", "echo", "help")]
    [InlineData(1, "", "peer03 is skipped: connect = no\nmon node ctrl: failed on peer02 (exit code 7)\n", "--type=peer", "exit 7")]
    [InlineData(
        3, "", "peer03 is skipped: connect = no\nmon node ctrl: only nodes with connect = no were chosen; nothing was run\n",
        "peer03", "--", "ls")]
    [InlineData(
        1, "", "mon node ctrl: no such node is configured, so there is nobody to run it on; --self runs it here\n",
        "--type=master", "--", "ls")]
    public async Task Ctrl_Nodes_RunItAndSayHowItWent(int exitCode, string output, string error, params string[] words) =>
        Assert.Equal(new CliRun(exitCode, output, error), await _mon.RunAsync(["node", "ctrl", .. words]));

    [Fact]
    public async Task Ctrl_Input_GoesToEveryNodeUnlessItIsTyped()
    {
        _mon.Input = "hello\n"u8.ToArray();
        var run = await _mon.RunAsync("node", "ctrl", "--self", "gbg", "--", "cat");
        Assert.Equal(["gbg: hello", "here: hello"], run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());

        _mon.IsInputTerminal = true;
        Assert.Equal("", (await _mon.RunAsync("node", "ctrl", "--self", "gbg", "--", "cat")).Out);
    }

    [Theory]
    [InlineData("ssh: connect to host gbg port 22: Connection timed out", "")]
    [InlineData(
        "root@gbg: Permission denied (publickey,password).", "\"mon sshkey push gbg\" makes this machine and its key known there\n")]
    [InlineData("Host key verification failed.", "\"mon sshkey push gbg\" makes this machine and its key known there\n")]
    public async Task Ctrl_NotReached_SaysWhyAndWhatToDo(string reason, string hint)
    {
        await File.WriteAllTextAsync(_mon.Ssh + ".fails", reason + "\r\n");

        Assert.Equal(
            new CliRun(255, "", $"gbg:\n{reason}\nmon node ctrl: failed on gbg ({reason})\n{hint}"),
            await _mon.RunAsync("node", "ctrl", "gbg", "--", "ls"));
    }

    [Fact]
    public async Task Ctrl_HelpBehindTheCommand_IsTheCommands()
    {
        Assert.Equal("--help\n", (await _mon.RunAsync("node", "ctrl", "gbg", "echo", "--help")).Out);
        Assert.StartsWith("Usage: mon node ctrl", (await _mon.RunAsync("node", "ctrl", "gbg", "--help")).Out, StringComparison.Ordinal);
    }
}
