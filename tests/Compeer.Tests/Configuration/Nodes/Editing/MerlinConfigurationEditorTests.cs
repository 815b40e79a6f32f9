using System.Text;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Editing;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Tests.Configuration.Nodes.Editing;

public sealed class MerlinConfigurationEditorTests
{
    private static readonly KeyValuePair<string, string>[] None = [];

    [Fact]
    public void AddNode_Plain_WritesWhatMerlinWrites()
    {
        var edit = MerlinConfigurationEditor.AddNode("f", Bytes("# mine\n"), NodeKind.Peer, "peer02", None);

        Assert.Equal("# mine\npeer peer02 {\n\taddress = peer02\n\tport = 15551\n}\n", Text(edit));
    }

    [Fact]
    public void AddNode_AllKindsOfSettings_AreReadBack()
    {
        var edit = MerlinConfigurationEditor.AddNode(
            "f",
            ReadOnlyMemory<byte>.Empty,
            NodeKind.Poller,
            "gbg",
            Settings(
                "address=10.0.0.9", "port=1234", "hostgroup=a, b", "publickey=/k.pem", "oconf_ssh_user=monitor", "Takeover=no"));

        Assert.Equal(
            "poller gbg {\n\taddress = 10.0.0.9\n\tport = 1234\n\tencrypted = 1\n\thostgroup = a, b\n\tpublickey = /k.pem\n"
            + "\ttakeover = no\n\n\tobject_config {\n\t\tssh_user = monitor\n\t}\n}\n",
            Text(edit));
        var node = Assert.Single(MerlinConfigurationReader.Read("f", edit.Content!.Value).Configuration!.Nodes);
        Assert.Equal(("10.0.0.9", 1234, false, "monitor"), (node.Address, node.Port, node.Takeover, node.ObjectConfig!.SshUser));
    }

    [Theory]
    [InlineData("port=0", "port \"0\" is not valid; allowed is a whole number of a TCP port from 1 to 65535")]
    [InlineData("adress=x", "(did you mean \"address\"?)")]
    [InlineData("address=", "address needs a value")]
    [InlineData("address=a;b", "the value of address may have no semicolon")]
    [InlineData("uuid=a\n}", "the value of uuid may have no semicolon and no line break")]
    [InlineData("uuid=a {", "may not end with a brace")]
    public void AddNode_BadSetting_IsRefusedWithReason(string setting, string message)
    {
        var edit = MerlinConfigurationEditor.AddNode("f", Bytes("a = 1\n"), NodeKind.Peer, "p", Settings(setting));

        Assert.Null(edit.Content);
        var diagnostic = Assert.Single(edit.Diagnostics);
        Assert.Equal(0, diagnostic.Position.Line);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p q")]
    [InlineData("")]
    [InlineData("-p")]
    [InlineData("a{b")]
    [InlineData("a\nb {\n}\npeer c")]
    [InlineData("a;b")]
    [InlineData("#a")]
    public void AddNode_BadName_IsRefused(string name)
    {
        var edit = MerlinConfigurationEditor.AddNode("f", Bytes("a = 1\n"), NodeKind.Peer, name, Settings("address=x"));

        Assert.Null(edit.Content);
        Assert.NotEmpty(edit.Diagnostics);
    }

    [Fact]
    public void AddNode_NameTaken_SaysWhere()
    {
        var edit = MerlinConfigurationEditor.AddNode("f", Bytes("\npeer p {\n}\n"), NodeKind.Master, "p", None);

        Assert.Null(edit.Content);
        Assert.Equal("p is already configured, on line 2", Assert.Single(edit.Diagnostics).Message);
    }

    [Fact]
    public void Edits_FileWithErrors_AreRefusedWithItsPlaces()
    {
        var broken = Bytes("peer a {\nport = x\n}\n");

        Assert.Equal(2, Assert.Single(MerlinConfigurationEditor.AddNode("f", broken, NodeKind.Peer, "b", None).Diagnostics).Position.Line);
        Assert.Equal(2, Assert.Single(MerlinConfigurationEditor.RemoveNode("f", broken, "a").Diagnostics).Position.Line);
    }

    [Theory]
    [InlineData("# head\npeer a {\n address = x\n sync {\n /y\n }\n} # gone\n# tail\n", "# head\n# tail\n")]
    [InlineData("peer a { address = x }; peer b { address = y }\n", "; peer b { address = y }\n")]
    [InlineData("peer b { address = y } peer a { address = x }\n", "peer b { address = y } \n")]
    [InlineData("peer b {\n}\n\n  peer a {\n  }", "peer b {\n}\n\n")]
    [InlineData("peer {\n address = a\n}\nx_y = 1\n", "x_y = 1\n")]
    public void RemoveNode_Shapes_TakesTheBlockOnly(string before, string after) =>
        Assert.Equal(after, Text(MerlinConfigurationEditor.RemoveNode("f", Bytes(before), "a")));

    [Theory]
    [InlineData("poller p {\n\thost 1.1.1.1 # no comment\n hostgroup=a\n}\n", "poller p {\n\taddress = 2.2.2.2\n hostgroup = b,c\n}\n")]
    [InlineData("poller p {\n\thostgroups = a\n\tport = 7\n}\n", "poller p {\n\taddress = 2.2.2.2;\n\thostgroup = b,c\n\tport = 7\n}\n")]
    [InlineData("poller p { hostgroup = a }\r\n", "poller p { address = 2.2.2.2; hostgroup = b,c }\r\n")]
    [InlineData("poller p {\nhostgroup = a\nhostgroup = b\n}\n", "poller p {\n\taddress = 2.2.2.2;\n\nhostgroup = b,c\n}\n")]
    [InlineData(
        "peer q {\n # é\n}\npoller p {\n address = 1.1.1.1; hostgroup = a\n sync {\n  /address\n }\n}\n",
        "peer q {\n # é\n}\npoller p {\n address = 2.2.2.2; hostgroup = b,c\n sync {\n  /address\n }\n}\n")]
    public void ChangeNode_Shapes_ChangesTheseStatementsOnly(string before, string after) => Assert.Equal(
        after, Text(MerlinConfigurationEditor.ChangeNode("f", Bytes(before), "p", Settings("address=2.2.2.2", "hostgroup=b,c"))));

    [Theory]
    [InlineData("q", "port=1", "q is not a configured node")]
    [InlineData("p", "port=x", "port \"x\" is not valid")]
    [InlineData("p", "sync=/a", "sync is no key of the block itself")]
    [InlineData("p", "adress=x", "(did you mean \"address\"?)")]
    public void ChangeNode_Bad_IsRefusedWithReason(string name, string setting, string message)
    {
        var edit = MerlinConfigurationEditor.ChangeNode("f", Bytes("peer p {\n}\n"), name, Settings(setting));

        Assert.Null(edit.Content);
        Assert.Contains(edit.Diagnostics, diagnostic => diagnostic.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void RemoveNode_Unknown_OffersTheNearest()
    {
        var edit = MerlinConfigurationEditor.RemoveNode("f", Bytes("peer peer02 {\n}\n"), "pere02");

        Assert.Null(edit.Content);
        Assert.Equal("pere02 is not a configured node (did you mean \"peer02\"?)", Assert.Single(edit.Diagnostics).Message);
    }

    [Fact]
    public void Edits_RandomFiles_KeepEveryOtherByte()
    {
        var random = new Random(20);
        for (var i = 0; i < 2000; i++)
        {
            // A file as a list of pieces, so that the slow twin of a removal is leaving a piece out.
            var newLine = random.Next(3) == 0 ? "\r\n" : "\n";
            var count = random.Next(1, 8);
            string[] pieces = [.. Enumerable.Range(0, count).Select(n => RandomPiece(random, n, newLine))];
            var file = Encoding.Latin1.GetBytes(string.Concat(pieces));

            var added = MerlinConfigurationEditor.AddNode("f", file, NodeKind.Peer, "new", None);
            Assert.True(added.Content!.Value.Span.StartsWith(file));
            var removedAgain = MerlinConfigurationEditor.RemoveNode("f", added.Content.Value, "new");
            Assert.Equal(file, removedAgain.Content!.Value.ToArray());

            var victim = random.Next(count);
            var removed = MerlinConfigurationEditor.RemoveNode("f", file, $"n{victim}");
            var isNode = pieces[victim].Contains($"peer n{victim} {{", StringComparison.Ordinal);
            Assert.Equal(isNode, removed.Content is not null);
            if (isNode)
            {
                var expected = string.Concat(pieces.Where((_, n) => n != victim));
                Assert.Equal(expected, Encoding.Latin1.GetString(removed.Content!.Value.Span));
            }
        }
    }

    private static string RandomPiece(Random random, int n, string newLine) => random.Next(6) switch
    {
        0 => $"# peer n{n + 100} {{ \u00E4\u00FF{newLine}",
        1 => newLine,
        2 => $"ipc_socket = /x{n};  # c{newLine}",
        3 => $"\tpeer n{n} {{ address = h{n} }}{newLine}",
        _ => $"peer n{n} {{  {newLine}\taddress = h{n};{newLine}  # c }}{newLine}"
            + $"\tsync {{{newLine}/y{newLine}}}{newLine}}}{newLine}",
    };

    private static KeyValuePair<string, string>[] Settings(params string[] settings) =>
        [.. settings.Select(s => KeyValuePair.Create(s[..s.IndexOf('=')], s[(s.IndexOf('=') + 1)..]))];

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(MerlinEdit edit) => Encoding.UTF8.GetString(edit.Content!.Value.Span);
}
