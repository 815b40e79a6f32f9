using System.Collections.Immutable;
using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Tests.Configuration;
using Variable = System.Collections.Generic.KeyValuePair<string, string>;

namespace Compeer.Tests.Engine.Macros;

public sealed class MacroTests
{
    /// <summary>A command line of the service HTTP on web1, and what becomes of it.</summary>
    public static TheoryData<string, string> ServiceLines => new()
    {
        { "$USER1$/check_http -H $HOSTADDRESS$", "/usr/lib/nagios/plugins/check_http -H addr.web1" },
        { "a$$b", "a$b" },
        { "$$HOSTNAME$$", "$HOSTNAME$" },
        { "$HOSTNAME$$SERVICEDESC$", "web1HTTP" },
        { "costs 5$", "costs 5$" },
        { "$HOSTNAME", "web1" },
        { "$NOSUCH$ and $HOSTNAME$", "$NOSUCH$ and web1" },
        { "$NOSUCH", "$NOSUCH" },
        { "$hostname$", "$hostname$" },
        { "$HOSTALIAS$|$HOSTDISPLAYNAME$|$SERVICEDISPLAYNAME$", "alias of web1|web1|HTTP" },
        { "<$USER2$><$USER256$>", "<><>" },
        { "$USER0$ $USER257$ $USERX$", "$USER0$ $USER257$ $USERX$" },
        { "<$ARG1$><$ARG32$>", "<><>" },
        { "$ARG0$ $ARG33$ $ARGUMENT$", "$ARG0$ $ARG33$ $ARGUMENT$" },
        { "$_HOSTSNMP$ $_SERVICEPORT$", "public 8080" },
        { "$_HOSTNONE$ $_SERVICENONE$ $_CONTACTX$", "$_HOSTNONE$ $_SERVICENONE$ $_CONTACTX$" },
        { "$HOSTADDRESS:db1$ $_HOSTSNMP:db1$", "addr.db1 secret" },
        { "$HOSTADDRESS:nosuch$ $_HOSTSNMP:nosuch$", "$HOSTADDRESS:nosuch$ $_HOSTSNMP:nosuch$" },
        { "$SERVICESTATE:db1:SQL$ $SERVICESTATEID::PING$ $_SERVICEPORT:web1:HTTP$", "OK 0 8080" },
        { "$SERVICESTATE:db1:nosuch$ $SERVICESTATE:db1$", "$SERVICESTATE:db1:nosuch$ $SERVICESTATE:db1$" },
        { "$HOSTNAME:all:, $ $_HOSTSNMP:all:;$", "db1, web1 secret;public" },
        { "$SERVICEDESC:front:+$ $_SERVICEPORT:front:+$", "HTTP+PING 8080" },
        { "$HOSTGROUPNAME$ $HOSTGROUPALIAS$ $HOSTGROUPMEMBERS$ $HOSTGROUPNAMES$", "all all of all db1,web1 all,web" },
        { "$HOSTGROUPMEMBERS:web$ $HOSTGROUPMEMBERS:nosuch$", "web1 $HOSTGROUPMEMBERS:nosuch$" },
        { "$SERVICEGROUPNAME$ $SERVICEGROUPMEMBERS$ $SERVICEGROUPNAMES$", "front web1,HTTP,web1,PING front" },
        { "$HOSTSTATE$ $HOSTSTATEID$ $HOSTSTATETYPE$ $HOSTATTEMPT$ $MAXHOSTATTEMPTS$", "UP 0 HARD 1 3" },
        { "$SERVICESTATE$ $LASTSERVICESTATE$ $SERVICESTATETYPE$ $SERVICEATTEMPT$ $MAXSERVICEATTEMPTS$", "OK OK HARD 1 3" },
        { "$SERVICECHECKCOMMAND$ $HOSTCHECKCOMMAND$", "check-it check-it" },
        { "$TOTALHOSTSERVICES$ $TOTALHOSTSERVICESOK$ $TOTALHOSTSERVICESCRITICAL$ $TOTALHOSTSERVICES:db1$", "2 2 0 1" },
        { "$TOTALHOSTSUP$ $TOTALSERVICESOK$ $TOTALSERVICEPROBLEMS$", "0 0 0" },
        { "$TIMET$ $SHORTDATETIME$ $DATE$ $TIME$", "1772600767 03-04-2026 06:06:07 03-04-2026 06:06:07" },
        { "$LONGDATETIME$", "Wed Mar 4 06:06:07 CET 2026" },
        { "$ISVALIDTIME:night$ $NEXTVALIDTIME:night$", "0 1772676000" },
        { "$ISVALIDTIME:night:1772589600$ $NEXTVALIDTIME:night:1772589601$", "1 1772589601" },
        {
            "$ISVALIDTIME:nosuch$ $ISVALIDTIME$ $ISVALIDTIME:night:x$",
            "$ISVALIDTIME:nosuch$ $ISVALIDTIME$ $ISVALIDTIME:night:x$"
        },
        {
            "$MAINCONFIGFILE$ $RESOURCEFILE$ $ADMINEMAIL$ <$ADMINPAGER$>",
            "/opt/monitor/etc/naemon.cfg /opt/monitor/etc/resource.cfg admin@example.org <>"
        },
        { "<$NOTIFICATIONTYPE$> $CONTACTNAME$", "<> $CONTACTNAME$" },
        { "<$SERVICEOUTPUT$> <$LONGSERVICEOUTPUT$> $LASTSERVICECHECK$ $SERVICEDURATION$", "<> <> 0 0d 0h 0m 0s" },
        { "$SERVICELATENCY$ $SERVICEEXECUTIONTIME$ $SERVICEPERCENTCHANGE$ $SERVICEISVOLATILE$", "0.000 0.000 0.00 0" },
    };

    [Theory]
    [MemberData(nameof(ServiceLines))]
    public void Advance_ServiceCommandLine_HasItsMacrosReplaced(string line, string expected) =>
        Assert.Equal(expected, CommandLine(line));

    [Fact]
    public void Advance_HostCommandLine_HasNoServiceMacros() => Assert.Equal(
        "$SERVICEDESC$ web1 $_SERVICEPORT$", CommandLine("$SERVICEDESC$ $HOSTNAME$ $_SERVICEPORT$", isHost: true));

    [Fact]
    public void Advance_Arguments_AreExpandedOnceAndMayUseTheOnesBefore()
    {
        var line = CommandLine("run $ARG1$ $ARG2$ $ARG3$", arguments: ["$HOSTNAME$", "[$ARG1$]", "$$HOSTNAME$$"]);
        Assert.Equal("run web1 [web1] $HOSTNAME$", line);
    }

    [Fact]
    public void Advance_OutputMacros_AreCleaned()
    {
        var site = Site("check $SERVICEOUTPUT$ | $SERVICEPERFDATA$");
        var engine = site.Build();
        var text = "a`b;c\u0001\nd|\"e"u8.ToArray();
        engine.Store(site.Id("web1", "HTTP"), CheckState.Pending(0) with { Text = text, OutputLength = text.Length }, TimeSpan.Zero);
        Assert.Equal("check ab;cde | ", Run(engine, site.Id("web1", "HTTP")));
    }

    [Theory]
    [InlineData("us", "03-04-2026 06:06:07 03-04-2026")]
    [InlineData("euro", "04-03-2026 06:06:07 04-03-2026")]
    [InlineData("iso8601", "2026-03-04 06:06:07 2026-03-04")]
    [InlineData("strict-iso8601", "2026-03-04T06:06:07 2026-03-04")]
    public void Advance_DateFormat_IsTheConfiguredOne(string format, string expected) =>
        Assert.Equal(expected, CommandLine("$SHORTDATETIME$ $DATE$", main: $"date_format={format}"));

    [Fact]
    public void Advance_FileMacrosThatNothingIsSetFor_AreNothing() => Assert.Equal(
        "</var/cmd> <>", CommandLine("<$COMMANDFILE$> <$STATUSDATAFILE$>", main: "command_file=/var/cmd"));

    [Theory]
    [InlineData("STATUSDATAFILE", "status_file")]
    [InlineData("RETENTIONDATAFILE", "state_retention_file")]
    [InlineData("OBJECTCACHEFILE", "object_cache_file")]
    [InlineData("TEMPFILE", "temp_file")]
    [InlineData("TEMPPATH", "temp_path")]
    [InlineData("COMMANDFILE", "command_file")]
    [InlineData("HOSTPERFDATAFILE", "host_perfdata_file")]
    [InlineData("SERVICEPERFDATAFILE", "service_perfdata_file")]
    public void Advance_FileMacros_AreOfTheMainConfiguration(string macro, string variable) =>
        Assert.Equal($"/var/{variable} x", CommandLine($"${macro}$ x", main: $"{variable}=/var/{variable}"));

    [Fact]
    public void Advance_Notes_HaveTheirMacrosReplacedOnce()
    {
        var presentation = new PresentationSettings
        {
            Notes = "see $HOSTNAME$ | $SERVICENOTES$!",
            NotesUrl = "http://wiki/$SERVICEDESC$?q=$_SERVICETEXT$",
        };
        Assert.Equal("see web1  !", CommandLine("$SERVICENOTES$", presentation: presentation));
        Assert.Equal("http://wiki/HTTP?q=a%20b%2F%C3%A4", CommandLine("$SERVICENOTESURL$", presentation: presentation));
        Assert.Equal("<><>", CommandLine("<$SERVICEACTIONURL$><$HOSTNOTES$>", presentation: presentation));
    }

    [Fact]
    public void Advance_BytesOfTheConfiguration_AreKept()
    {
        byte[] latin = [(byte)'x', 0xE4, 0xC3, 0xA4];
        var site = Site(ConfigurationText.Decode(latin));
        var engine = site.Build();
        Assert.Equal(latin, RunBytes(engine, site.Id("web1", "HTTP")));
    }

    [Fact]
    public void Advance_CommandLineTooLong_IsAResultThatSaysSo()
    {
        var site = Site("$USER9$" + string.Concat(Enumerable.Repeat("$USER9$", 4000)));
        site.Resources["USER9"] = new string('x', 100);
        var engine = site.Build();
        var transition = new Transition();
        var id = site.Id("web1", "HTTP");
        engine.Gain(new TestClock().Now, [id], TimeSpan.Zero, transition);
        engine.Advance(After(engine), transition);
        Assert.Empty(transition.Checks);
        Assert.False(engine.IsRunning(id));
        Assert.Contains("errno is 7: Argument list too long", engine[id].Output.Text(), StringComparison.Ordinal);
        Assert.NotNull(engine.NextCheck(id));
    }

    [Fact]
    public void Advance_EveryStandardMacro_IsKnown()
    {
        const string Contactless = "CONTACT";
        var names = StandardMacros.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(164, names.Length);
        var checkedNames = 0;
        foreach (var name in names.Where(name => !name.StartsWith(Contactless, StringComparison.Ordinal)))
        {
            var macro = name is "ISVALIDTIME" or "NEXTVALIDTIME" ? $"${name}:night$" : $"${name}$";
            Assert.DoesNotContain("$", CommandLine(macro), StringComparison.Ordinal);
            checkedNames++;
        }

        Assert.Equal(156, checkedNames);
    }

    /// <summary>Line ends stay, as two characters (Naemon): without them the lines would run together, as line ends are not
    /// allowed in a command.</summary>
    [Theory]
    [InlineData("line 2\nline 3\n", @"line 2\nline 3")]
    [InlineData("one line", "one line")]
    [InlineData("a\n\nb \\ c\n\n", @"a\n\nb \ c")]
    [InlineData("", "")]
    public void Advance_LongOutput_KeepsItsLinesApart(string longOutput, string expected)
    {
        var site = Site("<$LONGSERVICEOUTPUT$> <$LONGHOSTOUTPUT$> <$SERVICEOUTPUT$>");
        var engine = site.Build();
        var text = Encoding.UTF8.GetBytes("first" + longOutput);
        var state = CheckState.Pending(0) with { Text = text, OutputLength = 5, LongOutputLength = text.Length - 5 };
        engine.Store(site.Id("web1"), state, TimeSpan.Zero);
        engine.Store(site.Id("web1", "HTTP"), state, TimeSpan.Zero);
        Assert.Equal($"<{expected}> <{expected}> <first>", Run(engine, site.Id("web1", "HTTP")));
    }

    [Theory]
    [InlineData("$HOSTVALUE$ $SERVICEVALUE$ $PROBLEMVALUE$", "1 2 3")]
    [InlineData("$HOSTVALUE:db1$ $SERVICEVALUE:db1$ $PROBLEMVALUE:db1$", "1 1 2")]
    public void Advance_ValueMacros_AreHourlyValues(string line, string expected) => Assert.Equal(expected, CommandLine(line));

    [Fact]
    public void Advance_LongDateTimeInSeptember_HasNaemonsFourLetters()
    {
        var site = Site("$LONGDATETIME$");
        var engine = site.Build();
        var id = site.Id("web1", "HTTP");
        var transition = new Transition();
        engine.Gain(new TestClock().Now, [id], TimeSpan.Zero, transition);
        engine.Advance(new EngineTime(engine.NextWake!.Value, new DateTimeOffset(2026, 9, 5, 1, 2, 3, TimeSpan.Zero)), transition);
        Assert.Equal("Sat Sept 5 03:02:03 CEST 2026", Assert.Single(transition.Checks).CommandLine.Text());
    }

    [Fact]
    public void Advance_RandomText_NeverFails()
    {
        string[] pieces =
            ["$", "$$", "HOSTNAME", ":", "ARG1", "USER1", "_HOST", "SNMP", "web1", "all", ",", "SERVICESTATE", " ", "\uDCE4"];
        var random = new Random(3);
        var replaced = 0;
        for (var round = 0; round < 2000; round++)
        {
            var line = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            replaced += CommandLine(line) == line ? 0 : 1;
        }

        Assert.True(replaced > 300);
    }

    private static string CommandLine(
        string line,
        bool isHost = false,
        string[]? arguments = null,
        PresentationSettings? presentation = null,
        string main = "")
    {
        var site = Site(line);
        site.Build();
        ImmutableArray<ServiceDefinition> services = [.. site.Objects.Services.Select(service => new ServiceDefinition
        {
            Id = service.Id,
            Host = service.Host,
            Description = service.Description,
            DisplayName = service.DisplayName,
            CheckCommand = TestSite.Call(line, arguments ?? []),
            Checking = service.Checking,
            CustomVariables = service.CustomVariables,
            Presentation = presentation ?? PresentationSettings.None,
            Contacts = [],
            ContactGroups = [],
            Position = TestSite.Nowhere,
        })];
        var read = main.Length == 0 ? site.Main : ConfigurationFiles.MainFrom(main + "\n");
        var engine = new MonitoringEngine(
            new EngineConfiguration(read, site.Objects with { Services = services }, site.Zone));
        return Run(engine, isHost ? site.Id("web1") : site.Id("web1", "HTTP"));
    }

    private static string Run(MonitoringEngine engine, CheckableId id) => Encoding.UTF8.GetString(RunBytes(engine, id));

    private static byte[] RunBytes(MonitoringEngine engine, CheckableId id)
    {
        var transition = new Transition();
        engine.Gain(new TestClock().Now, [id], TimeSpan.Zero, transition);
        engine.Advance(After(engine), transition);
        return Assert.Single(transition.Checks).CommandLine.ToArray();
    }

    /// <summary>The wall clock stays at the epoch of the tests, so that times in macros are known.</summary>
    private static EngineTime After(MonitoringEngine engine) => new(engine.NextWake!.Value, TestClock.Epoch);

    private static TestSite Site(string line)
    {
        var checking = TestSite.DefaultChecking;
        (int, int, int)[] nights = [.. Enumerable.Range(0, 7).Select(day => (day, 3 * 3600, 4 * 3600))];
        var site = new TestSite
        {
            Zone = Zones.Find("Europe/Stockholm"),
            Periods = { TestSite.Period("night", nights) },
        };
        return site
            .Host("web1", checking, line, new Variable("SNMP", "public"))
            .Host("db1", checking, line, new Variable("SNMP", "secret"))
            .Service("web1", "HTTP", checking, line, new Variable("PORT", "8080"), new Variable("TEXT", "a b/ä"))
            .Service("web1", "PING", checking, line)
            .Service("db1", "SQL", checking, line)
            .HostGroup("all", "db1", "web1")
            .HostGroup("web", "web1")
            .HostGroup("empty")
            .ServiceGroup("front", ("web1", "HTTP"), ("web1", "PING"));
    }

    /// <summary>The names that Naemon's documentation of macros lists.</summary>
    private const string StandardMacros = """
        HOSTNAME HOSTALIAS HOSTADDRESS SERVICEDESC SERVICESTATE SERVICESTATEID SERVICEATTEMPT LONGDATETIME
        SHORTDATETIME DATE TIME TIMET LASTHOSTCHECK LASTSERVICECHECK LASTHOSTSTATECHANGE LASTSERVICESTATECHANGE
        HOSTOUTPUT SERVICEOUTPUT HOSTPERFDATA SERVICEPERFDATA CONTACTNAME CONTACTALIAS CONTACTEMAIL CONTACTPAGER
        ADMINEMAIL ADMINPAGER HOSTSTATE HOSTSTATEID HOSTATTEMPT NOTIFICATIONTYPE NOTIFICATIONNUMBER HOSTEXECUTIONTIME
        SERVICEEXECUTIONTIME HOSTLATENCY SERVICELATENCY HOSTDURATION SERVICEDURATION HOSTDURATIONSEC
        SERVICEDURATIONSEC HOSTDOWNTIME SERVICEDOWNTIME HOSTSTATETYPE SERVICESTATETYPE HOSTPERCENTCHANGE
        SERVICEPERCENTCHANGE HOSTGROUPNAME HOSTGROUPALIAS SERVICEGROUPNAME SERVICEGROUPALIAS HOSTACKAUTHOR
        HOSTACKCOMMENT SERVICEACKAUTHOR SERVICEACKCOMMENT LASTSERVICEOK LASTSERVICEWARNING LASTSERVICEUNKNOWN
        LASTSERVICECRITICAL LASTHOSTUP LASTHOSTDOWN LASTHOSTUNREACHABLE SERVICECHECKCOMMAND HOSTCHECKCOMMAND
        MAINCONFIGFILE STATUSDATAFILE HOSTDISPLAYNAME SERVICEDISPLAYNAME RETENTIONDATAFILE OBJECTCACHEFILE TEMPFILE
        LOGFILE RESOURCEFILE COMMANDFILE HOSTPERFDATAFILE SERVICEPERFDATAFILE HOSTACTIONURL HOSTNOTESURL HOSTNOTES
        SERVICEACTIONURL SERVICENOTESURL SERVICENOTES TOTALHOSTSUP TOTALHOSTSDOWN TOTALHOSTSUNREACHABLE
        TOTALHOSTSDOWNUNHANDLED TOTALHOSTSUNREACHABLEUNHANDLED TOTALHOSTPROBLEMS TOTALHOSTPROBLEMSUNHANDLED
        TOTALSERVICESOK TOTALSERVICESWARNING TOTALSERVICESCRITICAL TOTALSERVICESUNKNOWN TOTALSERVICESWARNINGUNHANDLED
        TOTALSERVICESCRITICALUNHANDLED TOTALSERVICESUNKNOWNUNHANDLED TOTALSERVICEPROBLEMS
        TOTALSERVICEPROBLEMSUNHANDLED PROCESSSTARTTIME HOSTCHECKTYPE SERVICECHECKTYPE LONGHOSTOUTPUT LONGSERVICEOUTPUT
        TEMPPATH HOSTNOTIFICATIONNUMBER SERVICENOTIFICATIONNUMBER HOSTNOTIFICATIONID SERVICENOTIFICATIONID HOSTEVENTID
        LASTHOSTEVENTID SERVICEEVENTID LASTSERVICEEVENTID HOSTGROUPNAMES SERVICEGROUPNAMES HOSTACKAUTHORNAME
        HOSTACKAUTHORALIAS SERVICEACKAUTHORNAME SERVICEACKAUTHORALIAS MAXHOSTATTEMPTS MAXSERVICEATTEMPTS
        SERVICEISVOLATILE TOTALHOSTSERVICES TOTALHOSTSERVICESOK TOTALHOSTSERVICESWARNING TOTALHOSTSERVICESUNKNOWN
        TOTALHOSTSERVICESCRITICAL HOSTGROUPNOTES HOSTGROUPNOTESURL HOSTGROUPACTIONURL SERVICEGROUPNOTES
        SERVICEGROUPNOTESURL SERVICEGROUPACTIONURL HOSTGROUPMEMBERS SERVICEGROUPMEMBERS CONTACTGROUPNAME
        CONTACTGROUPALIAS CONTACTGROUPMEMBERS CONTACTGROUPNAMES NOTIFICATIONRECIPIENTS NOTIFICATIONISESCALATED
        NOTIFICATIONAUTHOR NOTIFICATIONAUTHORNAME NOTIFICATIONAUTHORALIAS NOTIFICATIONCOMMENT EVENTSTARTTIME
        HOSTPROBLEMID LASTHOSTPROBLEMID SERVICEPROBLEMID LASTSERVICEPROBLEMID ISVALIDTIME NEXTVALIDTIME LASTHOSTSTATE
        LASTHOSTSTATEID LASTSERVICESTATE LASTSERVICESTATEID HOSTVALUE SERVICEVALUE PROBLEMVALUE HOSTPROBLEMSTART
        HOSTPROBLEMEND HOSTPROBLEMDURATIONSEC HOSTPROBLEMDURATION SERVICEPROBLEMSTART SERVICEPROBLEMEND
        SERVICEPROBLEMDURATIONSEC SERVICEPROBLEMDURATION
        """;
}
