using System.Diagnostics;
using Compeer.Api;

namespace Compeer.Tests.Cli;

public sealed class NodeCommandsTests : IDisposable
{
    private const string ThreeNodes = """
        # the office
        peer peer02 {
        	address = 10.0.0.2
        }
        poller gbg {
        	hostgroup = gothenburg
        	object_config {
        		source = /opt/it's here
        	}
        }
        master head {
        	port = 15552
        }

        """;

    private readonly CliHarness _mon = new();
    private readonly string _key;

    public NodeCommandsTests()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        _key = Path.Combine(_mon.Paths.Prefix, "key.pem");
        File.WriteAllText(_key, key.ExportSubjectPublicKeyInfoPem());
    }

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("cannot be the name", "pe er", "type=peer")]
    [InlineData("cannot be the name", "p{", "type=peer")]
    [InlineData("neither a host name nor an IP address", "p", "address=not a name")]
    [InlineData("neither a host name nor an IP address", "p", "address=300.1.2.3")]
    [InlineData("neither a host name nor an IP address", "p", "address=http://p/")]
    [InlineData("neither a host name nor an IP address", "p", "address=")]
    [InlineData("without address=, the name is the address", "p(1)", "type=peer")]
    [InlineData("does not hold a public key", "p", "publickey=/etc/passwd")]
    [InlineData("is a folder", "p", "publickey=/etc")]
    public async Task Add_WhatCannotBe_IsRefusedBeforeTheFileIsTouched(string fault, string name, string setting)
    {
        var run = await _mon.RunAsync("node", "add", name, "type=peer", setting);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_mon.Paths.MerlinConfiguration));
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("peer02.example.org")]
    public async Task Add_AnyAddressThatCanBe_IsTaken(string address) =>
        Assert.Equal(0, (await _mon.RunAsync("node", "add", "p", "type=peer", $"address={address}")).ExitCode);

    [Fact]
    public async Task Add_NewPeer_WritesItAndPokesTheDaemon()
    {
        _mon.Client.Reload = new(new NodesReload(Applied: true, []));

        var run = await _mon.RunAsync("node", "add", "peer02", "type=peer", $"publickey={_key}");

        Assert.Equal(new CliRun(0, "Successfully added peer node 'peer02'\n", "mond has taken up the change\n"), run);
        Assert.Equal(
            $"peer peer02 {{\n\taddress = peer02\n\tport = 15551\n\tencrypted = 1\n\tpublickey = {_key}\n}}\n", _mon.Merlin);
        Assert.Equal(1, _mon.Client.Reloads);
    }

    [Fact]
    public async Task Add_DaemonNotRunning_IsNoError()
    {
        var run = await _mon.RunAsync("node", "add", "peer02", "type=peer");

        Assert.Equal((0, "Successfully added peer node 'peer02'\n"), (run.ExitCode, run.Out));
        Assert.EndsWith("mond is not running; it will read the change when it starts\n", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "note: the link to peer02 stays down until its key is known; \"mon sshkey push peer02\" brings it",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_DaemonRefuses_SaysSo()
    {
        _mon.Client.Reload = new(new NodesReload(Applied: false, [new ApiDiagnostic("error", "/m", 3, "is bad")]));

        var run = await _mon.RunAsync("node", "add", "p", "type=peer", $"publickey={_key}");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("Error: /m:3: is bad\nmon node add: mond refused merlin.conf and keeps the nodes it had\n", run.Error);
    }

    [Fact]
    public async Task Add_DaemonCannotBeReached_SaysWhatIsDoneAndWhatIsNot()
    {
        _mon.Client.Reload = new(new ApiError(ApiErrorKind.PermissionDenied, "permission denied on mond's socket X"));

        var run = await _mon.RunAsync("node", "add", "p", "type=peer", $"publickey={_key}");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "mon node add: merlin.conf is changed, but mond could not be told: permission denied on mond's socket X\n",
            run.Error);
    }

    [Theory]
    [InlineData(2, "the first argument is the name of the node", "node", "add")]
    [InlineData(2, "the first argument is the name of the node", "node", "add", "type=peer")]
    [InlineData(2, "\"peer\" does not have the form key=value", "node", "add", "x", "peer")]
    [InlineData(2, "unknown node type \"pear\" (did you mean \"peer\"?)", "node", "add", "x", "type=pear")]
    [InlineData(1, "unknown key \"prot\" (did you mean \"port\"?)", "node", "add", "x", "type=peer", "prot=1")]
    [InlineData(1, "port \"x\" is not valid", "node", "add", "x", "type=peer", "port=x")]
    [InlineData(1, "poller x needs a hostgroup", "node", "add", "x")]
    [InlineData(1, "peer02 is already configured, on line 2", "node", "add", "peer02", "type=peer")]
    [InlineData(1, "the node name \"a/b\" may not have \"/\"", "node", "add", "a/b", "type=peer")]
    [InlineData(2, "which node?", "node", "remove")]
    [InlineData(2, "unknown node type \"x\"; known are peer, poller and master", "node", "list", "--type=peer,x")]
    [InlineData(2, "unknown argument \"peer02\"", "node", "list", "peer02")]
    [InlineData(1, "pere02 is not a configured node (did you mean \"peer02\"?)", "node", "show", "pere02")]
    public async Task AnyNodeCommand_WrongInput_GivesOneLineAndChangesNothing(int exitCode, string message, params string[] words)
    {
        _mon.Merlin = ThreeNodes;

        var run = await _mon.RunAsync(words);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"mon {words[0]} {words[1]}: {message}", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.Equal((ThreeNodes, 0), (_mon.Merlin, _mon.Client.Reloads));
    }

    [Fact]
    public async Task Remove_SomeUnknown_RemovesTheOthersAndFails()
    {
        _mon.Merlin = ThreeNodes;
        _mon.Client.Reload = new(new NodesReload(Applied: true, []));

        var run = await _mon.RunAsync("node", "remove", "peer02", "nobody", "head", "peer02");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("Successfully removed peer node 'peer02'\nSuccessfully removed master node 'head'\n", run.Out);
        Assert.Equal("mon node remove: nobody is not a configured node\nmond has taken up the change\n", run.Error);
        Assert.StartsWith("# the office\npoller gbg {", _mon.Merlin, StringComparison.Ordinal);
        Assert.DoesNotContain("head", _mon.Merlin, StringComparison.Ordinal);
        Assert.Equal(1, _mon.Client.Reloads);
    }

    [Fact]
    public async Task Add_TheMachineItself_IsRefusedUnlessItIsAnotherAddress()
    {
        _mon.Merlin = ThreeNodes;

        Assert.Equal(
            new CliRun(1, "", "mon node add: here is this machine itself; the other nodes are those to add here, and this one there\n"),
            await _mon.RunAsync("node", "add", "here", "type=peer"));
        Assert.Equal((ThreeNodes, 0), (_mon.Merlin, _mon.Client.Reloads));
        _mon.Client.Reload = new(new NodesReload(Applied: true, []));
        Assert.Equal(0, (await _mon.RunAsync("node", "add", "here", "type=peer", "address=10.0.0.9")).ExitCode);
    }

    [Fact]
    public async Task Remove_TheMachineItself_IsDoneAlready()
    {
        _mon.Merlin = ThreeNodes;

        var run = await _mon.RunAsync("node", "remove", "here");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("here is this machine itself: it has no block here, nothing is to be removed\n", run.Out);
        Assert.Equal((ThreeNodes, 0), (_mon.Merlin, _mon.Client.Reloads));
        Assert.Equal(1, (await _mon.RunAsync("node", "remove", "here", "nobody")).ExitCode);
    }

    [Theory]
    [InlineData("node", "list")]
    [InlineData("node", "show")]
    [InlineData("node", "tree")]
    [InlineData("node", "add", "x", "type=peer")]
    [InlineData("node", "remove", "x")]
    public async Task AnyNodeCommand_BrokenFile_NamesThePlace(params string[] words)
    {
        _mon.Merlin = "peer a {\n port = 0\n";

        var run = await _mon.RunAsync(words);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(
            "Error: PREFIX/op5/merlin/merlin.conf:1: the block \"peer a\" that begins here is never closed: \"}\" is missing\n"
            + "Error: PREFIX/op5/merlin/merlin.conf:2: "
            + "port \"0\" is not valid; allowed is a whole number of a TCP port from 1 to 65535\n",
            run.Error);
    }

    [Fact]
    public async Task List_Types_AreChosenAndSorted()
    {
        _mon.Merlin = ThreeNodes;

        Assert.Equal("  gbg\n  head\n  peer02\n", (await _mon.RunAsync("node", "list")).Out);
        Assert.Equal("  head\n  peer02\n", (await _mon.RunAsync("node", "list", "--type=peer,master")).Out);
        Assert.Equal("  gbg\n", (await _mon.RunAsync("node", "list", "--type", "slave")).Out);
    }

    [Fact]
    public async Task List_NoFile_IsEmpty() => Assert.Equal(new CliRun(0, "", ""), await _mon.RunAsync("node", "list"));

    [Fact]
    public async Task Show_OneNode_CanBeEvaluatedByAShell()
    {
        _mon.Merlin = ThreeNodes;

        var run = await _mon.RunAsync("node", "show", "gbg");

        Assert.Equal(
            "NAME=gbg\nTYPE=poller\nADDRESS=gbg\nPORT=15551\nCONNECT=yes\nENCRYPTED=yes\nNOTIFIES=yes\nHOSTGROUP=gothenburg\n"
            + "TAKEOVER=yes\nOCONF_SOURCE='/opt/it'\\''s here'\n",
            run.Out);
        Assert.Equal(
            "gbg /opt/it's here 15551", await EvaluateAsync(run.Out, "printf %s \"$NAME $OCONF_SOURCE $PORT\""));
    }

    [Fact]
    public async Task Show_AllNodes_HaveTitles()
    {
        _mon.Merlin = ThreeNodes;

        var run = await _mon.RunAsync("node", "show", "--type=peer,master");

        Assert.Equal(["# head", "# peer02"], run.Out.Split('\n').Where(line => line.StartsWith('#')));
        Assert.DoesNotContain("gbg", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tree_MastersPeersPollers_AreDrawn()
    {
        _mon.Merlin = ThreeNodes + "poller lund {\nhostgroup = gothenburg\n}\npoller kiruna {\nhostgroup = north\n}\n";

        var run = await _mon.RunAsync("node", "tree");

        Assert.Equal(
            """
             +------+
             | head |
             +------+
                |
             +-----+    +--------+
             | ipc |----| peer02 |
             +-----+    +--------+
                |
             +-----+    +------+    +--------+
             | gbg |----| lund |    | kiruna |
             +-----+    +------+    +--------+

            """.ReplaceLineEndings("\n"),
            run.Out);
    }

    [Fact]
    public async Task Tree_ManyPeers_StaysOnTheScreen()
    {
        _mon.Merlin = string.Concat(Enumerable.Range(0, 40).Select(i => $"peer a-rather-long-name-{i} {{\n}}\n"));

        var run = await _mon.RunAsync("node", "tree");

        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal(40, run.Out.Split("a-rather-long-name-").Length - 1);
    }

    [Fact]
    public async Task Key_PrintsWhatTheDaemonSays()
    {
        _mon.Mond.Output["--print-key"] = ["-----BEGIN PUBLIC KEY-----", "x", "-----END PUBLIC KEY-----"];

        Assert.Equal(
            new CliRun(0, "-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n", ""), await _mon.RunAsync("node", "key"));
    }

    private static async Task<string> EvaluateAsync(string assignments, string command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"eval \"$0\"; {command}");
        start.ArgumentList.Add(assignments);
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }
}
