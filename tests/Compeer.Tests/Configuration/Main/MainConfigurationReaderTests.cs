using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Main;

public sealed class MainConfigurationReaderTests
{
    [Fact]
    public void Read_RelativePaths_AreResolvedAgainstTheFile()
    {
        var main = ConfigurationFiles.MainFrom(
            "cfg_file=a.cfg\ncfg_dir=../conf.d\nresource_file=/x/./r.cfg\nlog_file=logs//n.log\n");

        Assert.Equal<string>(["/etc/naemon/a.cfg"], main.ObjectFiles);
        Assert.Equal<string>(["/etc/conf.d"], main.ObjectDirectories);
        Assert.Equal<string>(["/x/r.cfg"], main.ResourceFiles);
        Assert.Equal("/etc/naemon/logs/n.log", main.LogFile);
    }

    [Fact]
    public void Read_Values_AreTyped()
    {
        var main = ConfigurationFiles.MainFrom(
            "interval_length=1\nservice_check_timeout_state=u\nillegal_object_name_chars=`;=#\ndebug_level=0\n");

        Assert.Equal(TimeSpan.FromSeconds(1), main.IntervalLength);
        Assert.Equal(3, main.ServiceCheckTimeoutState);
        Assert.Equal("`;=#", main.IllegalObjectNameCharacters);
        Assert.Equal(TimeSpan.FromSeconds(60), main.ServiceCheckTimeout);
        Assert.Equal<string>(["debug_level"], main.WithoutEffect);
        Assert.Equal("0", main.Values["debug_level"]);
    }

    [Theory]
    [InlineData("log_fiel=x", "'log_fiel' is not a variable of the main configuration (did you mean \"log_file\"?)")]
    [InlineData("; log_file=x", "'; log_file=x' is no comment here; in the main configuration a comment begins with '#'")]
    [InlineData(";", "';' is no comment here; in the main configuration a comment begins with '#'")]
    [InlineData("nonsense", "expected VARIABLE=VALUE, found 'nonsense'")]
    [InlineData("interval_length=0", "interval_length: 0 is out of range; it must be 1 or more")]
    [InlineData("interval_length=a", "interval_length: 'a' is not a whole number, 1 or more")]
    [InlineData("use_syslog=yes", "use_syslog: 'yes' is neither 0 nor 1")]
    [InlineData("cfg_file=", "cfg_file: is empty")]
    public void Read_FaultyLine_NamesItsPlace(string line, string message)
    {
        var result = MainConfigurationReader.Read(ConfigurationFiles.Source("m.cfg", "# c\n" + line + "\n"));

        Assert.Null(result.Configuration);
        Assert.Equal($"Error: m.cfg:2: {message}", Assert.Single(result.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("enable_notifications=1 ; all of them", "1", "'1 ; all of them' is read as 1; write 0 or 1")]
    [InlineData("enable_flap_detection=0 # off", "0", "'0 # off' is read as 0; write 0 or 1")]
    [InlineData("host_check_timeout=60s", "60", "'60s' is read as 60")]
    [InlineData("low_host_flap_threshold=12.5%", "12.5", "'12.5%' is read as 12.5")]
    [InlineData("high_service_flap_threshold=33,3", "33", "'33,3' is read as 33")]
    public void Read_NumberWithSomethingAfterIt_IsTheNumberWithAWarning(string line, string value, string message)
    {
        var result = MainConfigurationReader.Read(ConfigurationFiles.Source("m.cfg", line + "\n"));

        var name = line[..line.IndexOf('=', StringComparison.Ordinal)];
        Assert.Equal(value, result.Configuration?.Values[name]);
        Assert.Equal($"Warning: m.cfg:1: {name}: {message}", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Read_ObsoleteVariable_Warns()
    {
        var result = MainConfigurationReader.Read(ConfigurationFiles.Source("m.cfg", "nagios_user=n\n"));

        Assert.NotNull(result.Configuration);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(result.Diagnostics).Severity);
        Assert.Empty(result.Configuration.WithoutEffect);
    }

    [Fact]
    public void Read_Includes_AreAskedForUntilAllAreThere()
    {
        var main = ConfigurationFiles.Source("/m.cfg", "include_file=a.cfg\ninclude_dir=d\ninterval_length=2\n");
        var first = MainConfigurationReader.Read(main).Configuration!;
        Assert.Equal<string>(["/a.cfg"], first.IncludeFiles);
        Assert.Equal<string>(["/d"], first.IncludeDirectories);

        SourceFile[] files =
        [
            ConfigurationFiles.Source("/a.cfg", "cfg_file=x.cfg\ninclude_file=b.cfg\n"),
            ConfigurationFiles.Source("/d/c.cfg", "interval_length=1\n"),
        ];
        var second = MainConfigurationReader.Read(main, files, ["/d"]).Configuration!;
        Assert.Equal<string>(["/b.cfg"], second.IncludeFiles);

        var third = MainConfigurationReader.Read(
            main, [.. files, ConfigurationFiles.Source("/b.cfg", "cfg_file=y.cfg\n")], ["/d"]).Configuration!;
        Assert.Empty(third.IncludeFiles);
        Assert.Empty(third.IncludeDirectories);
        Assert.Equal<string>(["/y.cfg", "/x.cfg"], third.ObjectFiles);
        Assert.Equal(TimeSpan.FromSeconds(2), third.IntervalLength);
    }

    [Fact]
    public void Read_CircularIncludes_AreRefused()
    {
        var main = ConfigurationFiles.Source("/m.cfg", "include_file=a.cfg\n");
        var result = MainConfigurationReader.Read(
            main, [ConfigurationFiles.Source("/a.cfg", "include_file=m.cfg\n")]);

        Assert.Contains("/m.cfg → /a.cfg → /m.cfg", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_ThatAreNamed_HaveTheirPlace()
    {
        var main = ConfigurationFiles.MainFrom("global_host_event_handler=\nocsp_command=submit!all\nhost_perfdata_command=write\n");

        Assert.Equal(
            [
                new MainCommand("ocsp_command", "submit!all", IsRequired: true, new SourcePosition("/etc/naemon/naemon.cfg", 2)),
                new MainCommand("host_perfdata_command", "write", IsRequired: false, new SourcePosition("/etc/naemon/naemon.cfg", 3)),
            ],
            main.Commands.AsEnumerable());
    }

    [Fact]
    public void ChangedSince_SetOtherwiseOrOnlyOnce_AreNamedInOrder()
    {
        var earlier = ConfigurationFiles.MainFrom("log_file=/a\ninterval_length=60\nstatus_file=/s\n");
        var later = ConfigurationFiles.MainFrom("date_format=euro\ninterval_length=1\nlog_file=/a\n");

        Assert.Equal(["date_format", "interval_length", "status_file"], later.ChangedSince(earlier));
        Assert.Empty(later.ChangedSince(later));
    }
}
