using System.Text;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Tests.Configuration.Nodes.Reading;

public sealed class MerlinConfigurationReaderTests
{
    private const string MerlinsOwnSample = """
        #
        # Sample configuration file for merlin
        #
        ipc_socket = /opt/monitor/op5/merlin/ipc.sock;

        module {
        	# textual log of normal hum-drum events
        	log_file = /opt/monitor/op5/merlin/logs/neb.log;
        }
        daemon {
        	pidfile = /var/run/merlin.pid;
        	log_file = /opt/monitor/op5/merlin/logs/daemon.log;
        	import_program = /opt/monitor/op5/merlin/ocimp
        	#address = 0.0.0.0;
        	port = 15552;
        	database {
        		enabled = yes;
        		name = merlin;
        		pass = s#cret {x};
        	}
        	object_config {
        		push = mon oconf push
        		#fetch = mon oconf fetch
        	}
        }
        peer peer02 {
        	address = 10.0.0.2
        	port = 15551
        	sync {
        		/opt/monitor/etc/htpasswd.users /opt/monitor/etc/htpasswd.users
        		/opt/plugins/custom/
        		/a = yes
        		/b = /c;
        		restart = no
        	}
        }
        poller gbg {
        	hostgroup = gothenburg, malmo
        	hostgroups = gothenburg,lund
        	connect = no
        	takeover = no
        	object_config {
        		ssh_user = monitor
        		my_own_key = 1
        	}
        }
        noc head {
        	host = head.example.org
        	data_timeout = 7
        	publickey = /opt/monitor/op5/merlin/head.pem
        	uuid = 27f3f0c2-6d5c-4f0e-8e0a-3f3bd4a5b0d1
        	ENCRYPTED = 0
        }
        """;

    [Fact]
    public void Read_FileAsMerlinShipsIt_GivesEverySetting()
    {
        var configuration = ReadClean(MerlinsOwnSample);

        Assert.Equal(15552, configuration.Daemon.Port);
        Assert.Equal("0.0.0.0", configuration.Daemon.Address);
        Assert.Equal("mon oconf push", configuration.Daemon.ObjectConfig!.Push);
        Assert.Contains(new MerlinSetting("pass", "s#cret {x}", 19), configuration.Daemon.Database!.Value);
        Assert.Equal(["peer02", "gbg", "head"], configuration.Nodes.Select(n => n.Name));

        var peer = configuration.FindNode("peer02")!;
        Assert.Equal((NodeKind.Peer, "10.0.0.2", 15551), (peer.Kind, peer.Address, peer.Port));
        Assert.Equal(
            [
                new SyncEntry("/opt/monitor/etc/htpasswd.users", "/opt/monitor/etc/htpasswd.users"),
                new SyncEntry("/opt/plugins/custom/", "/opt/plugins/custom/"),
                new SyncEntry("/a", "/a"),
                new SyncEntry("/b", "/c"),
            ],
            peer.Sync.ToArray());
        Assert.Equal((true, true, false), (peer.Connect, peer.Notifies, peer.Takeover));

        var poller = configuration.FindNode("gbg")!;
        Assert.Equal(NodeKind.Poller, poller.Kind);
        Assert.Equal(["gothenburg", "malmo", "lund"], poller.HostGroups.ToArray());
        Assert.Equal(("gbg", false, false), (poller.Address, poller.Connect, poller.Takeover));
        Assert.Equal("monitor", poller.ObjectConfig!.SshUser);

        var master = configuration.FindNode("head")!;
        Assert.Equal((NodeKind.Master, "head.example.org"), (master.Kind, master.Address));
        Assert.Equal(TimeSpan.FromSeconds(7), master.DataTimeout);
        Assert.Equal("/opt/monitor/op5/merlin/head.pem", master.PublicKeyFile);
        Assert.False(master.Encrypted);
    }

    [Theory]
    [InlineData("peer a {\naddress = x\nport = 1\n}\n")]
    [InlineData("peer a {address = x; port = 1}\n")]
    [InlineData("peer a { address x; port 1 } # end")]
    [InlineData("  peer   a{\r\n\taddress=x ;\r\n\tport =1 ; # the port\r\n  }\r\n")]
    [InlineData("\u00EF\u00BB\u00BFpeer a {\naddress = x\nport = 1 # number\n}")]
    [InlineData("PEER a {\n host = x\n\n # c\n port = 1 };\n}")]
    public void Read_WaysToWriteTheSame_GiveTheSameNode(string latin1)
    {
        var result = MerlinConfigurationReader.Read("f", Encoding.Latin1.GetBytes(latin1));

        if (latin1.Contains("};", StringComparison.Ordinal))
        {
            // A brace behind a value on a line of a longer block is part of the value, as in Merlin, and a bad port.
            Assert.Contains(result.Diagnostics, d => d.Message.Contains("port \"1 }\"", StringComparison.Ordinal));
            return;
        }

        var node = Assert.Single(result.Configuration!.Nodes);
        Assert.Equal(("a", "x", 1, 1), (node.Name, node.Address, node.Port, node.SourceLine));
    }

    [Theory]
    [InlineData(
        "peer a {\n port = 70000\n}", 2, "port \"70000\" is not valid; allowed is a whole number of a TCP port from 1 to 65535")]
    [InlineData("peer a {\n port = 0\n}", 2, "port \"0\" is not valid; allowed is a whole number of a TCP port from 1 to 65535")]
    [InlineData(
        "peer a {\n port = -1\n}", 2, "port \"-1\" is not valid; allowed is a whole number of a TCP port from 1 to 65535")]
    [InlineData(
        "daemon {\n port = http\n}", 2, "port \"http\" is not valid; allowed is a whole number of a TCP port from 1 to 65535")]
    [InlineData("peer a {\n port\n}", 2, "port needs a value: \"port = VALUE\"")]
    [InlineData("peer a {\n port = # 5\n}", 2, "port needs a value: \"port = VALUE\"")]
    [InlineData("peer a {\n address = a b\n}", 2, "address \"a b\" is neither a host name nor an IP address")]
    [InlineData("peer a {\n connect = maybe\n}", 2, "connect \"maybe\" is not valid; allowed are yes and no")]
    [InlineData(
        "peer a {\n data_timeout = 0\n}", 2,
        "data_timeout \"0\" is not valid; allowed is a whole number of seconds from 1 to 86400")]
    [InlineData("peer a {\n port = 1\n", 1, "the block \"peer a\" that begins here is never closed: \"}\" is missing")]
    [InlineData("peer a {\n}\n}\n", 3, "\"}\" closes a block that was never opened")]
    [InlineData("peer a {\n}\n\npeer a {\n}", 4, "node a is already defined on line 1; names have to differ")]
    [InlineData("peer a {\n}\npoller a {\n hostgroup = x\n}", 3, "node a is already defined on line 1; names have to differ")]
    [InlineData("poller a {\n}", 1, "poller a needs a hostgroup: \"hostgroup = NAME[, NAME …]\"")]
    [InlineData("poller a {\n hostgroup = ,\n}", 2, "hostgroup \",\" names no host group")]
    [InlineData(
        "per a {\n}", 1, "unknown block \"per\"; known are peer, poller, master, daemon and module (did you mean \"peer\"?)")]
    [InlineData("peer {\n}", 1, "a node needs a name")]
    [InlineData("peer a b {\n}", 1, "the node name \"a b\" may not have \" \"; allowed are letters, digits and . - _ :")]
    [InlineData("peer -a {\n}", 1, "the node name \"-a\" may not begin with \"-\"")]
    [InlineData("peer ../a {\n}", 1, "the node name \"../a\" may not begin with \".\"")]
    [InlineData("{\n}", 1, "\"{\" needs the type of the block before it, such as \"peer NAME {\"")]
    [InlineData(
        "peer a {\n snyc {\n }\n}", 2,
        "unknown block \"snyc\" in node a; known are object_config and sync (did you mean \"sync\"?)")]
    [InlineData("peer a {\n sync {\n  etc/x\n }\n}", 3, "sync path \"etc/x\" is not absolute; it has to begin with /")]
    [InlineData(
        "peer a {\n sync {\n  /x = z\n }\n}", 3, "destination \"z\" of sync path /x is not absolute; it has to begin with /")]
    [InlineData("peer a {\n sync {\n  /x/../y\n }\n}", 3, "sync path \"/x/../y\" has the part \"..\", which leads elsewhere")]
    [InlineData("= 5", 1, "a statement begins with its key, as in \"key = value\"")]
    [InlineData("log_level = a\u0001b", 1, "the line has the control character 0x01")]
    [InlineData(
        "pulse_interval = 0", 1, "pulse_interval \"0\" is not valid; allowed is a whole number of seconds from 1 to 60")]
    [InlineData(
        "daemon {\n pulse_interval = 61\n}", 2,
        "pulse_interval \"61\" is not valid; allowed is a whole number of seconds from 1 to 60")]
    [InlineData(
        "peer a {\n object_config {\n  ssh_port = x\n }\n}", 3,
        "ssh_port \"x\" is not valid; allowed is a whole number of a TCP port from 1 to 65535")]
    public void Read_Wrong_NamesPlaceAndWhatIsAllowed(string text, int line, string message)
    {
        var result = MerlinConfigurationReader.Read("/m.conf", Encoding.UTF8.GetBytes(text));

        Assert.Null(result.Configuration);
        Assert.Contains(
            new Diagnostic(DiagnosticSeverity.Error, new SourcePosition("/m.conf", line), message), result.Diagnostics);
    }

    [Theory]
    [InlineData(
        "peer a {\n hostgruop = x\n}", 2, "unknown key \"hostgruop\" of node a; it has no effect (did you mean \"hostgroup\"?)")]
    [InlineData("peer a {\n port = 1\n port = 2\n}", 3, "port was set on line 2 already; this one counts")]
    [InlineData("wibble = 1", 1, "unknown key \"wibble\" outside any block; it has no effect")]
    [InlineData(
        "daemon {\n adress = x\n}", 2,
        "unknown key \"adress\" in the daemon block; it has no effect (did you mean \"address\"?)")]
    [InlineData("module {\n foo = x\n}", 2, "unknown key \"foo\" in the module block; it has no effect")]
    [InlineData(
        "daemon {\n databse {\n }\n}", 2,
        "unknown block \"databse\" in the daemon block; it has no effect (did you mean \"database\"?)")]
    [InlineData("peer a {\n port = 5 # five\n}", 2, "the comment behind port belongs after a semicolon, or on a line of its own")]
    [InlineData("peer a {\n}\npeer b {\n address = a\n}", 3, "node b has the same address and port as a: a:15551")]
    [InlineData(
        "poller a {\n hostgroup = x,y\n}\npoller b {\n hostgroup = y\n}", 4,
        "pollers b and a share some but not all of their host groups")]
    [InlineData("master a {\n hostgroup = x\n}", 2, "hostgroup has no effect on a master")]
    public void Read_Questionable_WarnsAndGoesOn(string text, int line, string message)
    {
        var result = MerlinConfigurationReader.Read("/m.conf", Encoding.UTF8.GetBytes(text));

        Assert.NotNull(result.Configuration);
        Assert.Equal(
            new Diagnostic(DiagnosticSeverity.Warning, new SourcePosition("/m.conf", line), message), Assert.Single(result.Diagnostics));
    }

    [Theory]
    [InlineData("ipc_socket = /x;\nipc_blocking_timeout = 5\nlog_level = all\nlog_anything = x\nbinlog_dir = /y\nuse_syslog = 1")]
    [InlineData("module {\n event_mask = 0\n handle_events = all\n ignore_events = x\n ipc_reap_interval = 2\n notifies = no\n}")]
    [InlineData("daemon {\n merlin_user = monitor\n log_levels = +debug -info\n pulse_interval = 5\n}")]
    [InlineData("test x {\n anything = goes\n}")]
    [InlineData(
        "peer a {\n takeover = on\n fixed_srcport = TRUE\n max_sync_attempts = 3\n auto_delete = 0\n accept_runcmd = y\n}")]
    public void Read_KeysOfMerlin_AreAccepted(string text) => ReadClean(text);

    [Fact]
    public void Read_ManyErrors_ReportsAllOfThem()
    {
        var result = MerlinConfigurationReader.Read(
            "f", "peer a {\n port = x\n connect = x\n}\npeer a {\n data_timeout = x\n}\n"u8.ToArray());

        Assert.Equal([2, 3, 5, 6], result.Diagnostics.Select(d => d.Position.Line));
    }

    [Fact]
    public void Read_PulseInterval_IsFoundInAnyBlock()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), ReadClean("pulse_interval = 2").PulseInterval);
        Assert.Equal(TimeSpan.FromSeconds(3), ReadClean("daemon {\n pulse_interval = 3\n}").PulseInterval);
        Assert.Equal(TimeSpan.FromSeconds(4), ReadClean("module {\n pulse_interval = 4\n}").PulseInterval);
        Assert.Null(ReadClean("").PulseInterval);
    }

    [Fact]
    public void Read_ClusterUpdate_IsTheModules()
    {
        Assert.Equal("mend it --all", ReadClean("module {\n cluster_update = mend it --all\n}").Module.ClusterUpdate);
        Assert.Null(ReadClean("module {\n notifies = yes\n}").Module.ClusterUpdate);
    }

    [Fact]
    public void Read_LatinAndUtf8Names_AreKept()
    {
        Assert.Equal("göteborg", Assert.Single(ReadClean("peer göteborg {\n address = x\n}").Nodes).Name);
        var latin = MerlinConfigurationReader.Read(
            "f", Encoding.Latin1.GetBytes("peer göteborg {\n address = x\n}"));
        Assert.Equal("göteborg", Assert.Single(latin.Configuration!.Nodes).Name);
    }

    [Fact]
    public void Read_SameSettingsElsewhere_AreEqualNodes()
    {
        const string Rest = "\n object_config {\n push = y\n }\n hostgroup = x\n}";
        var one = ReadClean("peer a {\n sync {\n  /x\n }" + Rest).Nodes[0];
        var two = ReadClean("\n\npeer a {\n\n sync {\n  /x\n }" + Rest).Nodes[0];
        var other = ReadClean("peer a {\n sync {\n  /y\n }" + Rest).Nodes[0];

        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Read_TooLarge_IsRefusedAtOnce()
    {
        Assert.Null(MerlinConfigurationReader.Read("f", new byte[(4 << 20) + 1]).Configuration);
        var manyNodes = string.Concat(Enumerable.Range(0, 1001).Select(i => $"peer n{i} {{\n}}\n"));
        var many = MerlinConfigurationReader.Read("f", Encoding.UTF8.GetBytes(manyNodes));
        Assert.Contains("at most 1000", Assert.Single(many.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Null(MerlinConfigurationReader.Read("f", Encoding.UTF8.GetBytes(new string('a', 70000))).Configuration);
        var deep = string.Concat(Enumerable.Repeat("sync {\n", 5000));
        Assert.InRange(MerlinConfigurationReader.Read("f", Encoding.UTF8.GetBytes(deep)).Diagnostics.Length, 1, 201);
    }

    [Fact]
    public void Read_RandomPiecesOfConfiguration_NeverThrows()
    {
        string[] pieces =
        [
            "peer a {\n", "}\n", "port = 5\n", "sync {\n/x /y\n}\n", "address = h;", "poller b {\nhostgroup = x\n", "}\n", "\n",
            "# c\n",
            "daemon {\n", "object_config { push = x }", "ipc_socket = /x\n", "database {", " {", ";", "#", "=", " ", "\t", "\\;",
            "{", "\u0000", "\u00FF", "a", "\r\n",
        ];
        var random = new Random(4711);
        var clean = 0;
        for (var i = 0; i < 20000; i++)
        {
            // The first pieces, the right ones, come oftener.
            var text = string.Concat(
                Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(random.Next(1, pieces.Length + 1))]));
            var result = MerlinConfigurationReader.Read("f", Encoding.Latin1.GetBytes(text));
            var hasErrors = result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
            Assert.Equal(hasErrors, result.Configuration is null);
            clean += result.Configuration is { Nodes.Length: > 0 } ? 1 : 0;
        }

        // The generator is worth something only when it also makes files that are right.
        Assert.True(clean > 50, $"only {clean} of the files had a node");
    }

    private static MerlinConfiguration ReadClean(string text)
    {
        var result = MerlinConfigurationReader.Read("f", Encoding.UTF8.GetBytes(text));
        Assert.Empty(result.Diagnostics);
        return result.Configuration!;
    }
}
