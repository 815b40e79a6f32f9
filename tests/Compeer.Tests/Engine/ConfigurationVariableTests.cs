namespace Compeer.Tests.Engine;

/// <summary>Variables of the main configuration that say what is read and what words mean.</summary>
public sealed class ConfigurationVariableTests : MainVariableHarness
{
    [Theory]
    [Trait("Variable", "cfg_file")]
    [InlineData("cfg_file=more.cfg", true)]
    [InlineData("", false)]
    public void CfgFile_IsRead(string main, bool isThere)
    {
        Folder.Write("more.cfg", Host("more"));
        Assert.Equal(isThere, HostNames(Load(main)).Contains("more"));
    }

    [Theory]
    [Trait("Variable", "cfg_dir")]
    [InlineData("cfg_dir=more", true)]
    [InlineData("", false)]
    public void CfgDir_IsRead(string main, bool isThere)
    {
        Folder.Write("more/deep/more.cfg", Host("more"));
        Assert.Equal(isThere, HostNames(Load(main)).Contains("more"));
    }

    [Theory]
    [Trait("Variable", "include_file")]
    [InlineData("include_file=more.inc", true)]
    [InlineData("", false)]
    public void IncludeFile_IsRead(string main, bool isThere)
    {
        Folder.Write("more.inc", "interval_length=7\n");
        Assert.Equal(isThere, Load(main).Main!.IntervalLength == TimeSpan.FromSeconds(7));
    }

    [Theory]
    [Trait("Variable", "include_dir")]
    [InlineData("include_dir=more", true)]
    [InlineData("", false)]
    public void IncludeDir_IsRead(string main, bool isThere)
    {
        Folder.Write("more/main.cfg", "interval_length=7\n");
        Assert.Equal(isThere, Load(main).Main!.IntervalLength == TimeSpan.FromSeconds(7));
    }

    [Theory]
    [Trait("Variable", "config_rel_path")]
    [InlineData("config_rel_path=elsewhere", "there")]
    [InlineData("", "here")]
    public void ConfigRelPath_IsWhereFilesAreLookedFor(string main, string expected)
    {
        Folder.Write("more.cfg", Host("here"));
        Folder.Write("elsewhere/more.cfg", Host("there"));
        var path = main.Replace("elsewhere", Folder.File("elsewhere"), StringComparison.Ordinal);
        Assert.Contains(expected, HostNames(Load($"{path}\ncfg_file=more.cfg")));
    }

    [Theory]
    [Trait("Variable", "resource_file")]
    [InlineData("resource_file=more.cfg", "plugin secret")]
    [InlineData("", "plugin ")]
    public void ResourceFile_IsRead(string main, string expected)
    {
        Folder.Write("more.cfg", "$USER7$=secret\n");
        Assert.Equal(expected, CommandLine(main, "plugin $USER7$"));
    }

    [Theory]
    [Trait("Variable", "admin_email")]
    [Trait("Variable", "admin_pager")]
    [InlineData("admin_email=a@b.example\nadmin_pager=123", "plugin a@b.example 123")]
    [InlineData("", "plugin  ")]
    public void AdminEmailAndPager_AreMacros(string main, string expected) =>
        Assert.Equal(expected, CommandLine(main, "plugin $ADMINEMAIL$ $ADMINPAGER$"));

    [Theory]
    [Trait("Variable", "date_format")]
    [InlineData("", "plugin 03-04-2026 00:")]
    [InlineData("date_format=us", "plugin 03-04-2026 00:")]
    [InlineData("date_format=euro", "plugin 04-03-2026 00:")]
    [InlineData("date_format=iso8601", "plugin 2026-03-04 00:")]
    [InlineData("date_format=strict-iso8601", "plugin 2026-03-04T00:")]
    public void DateFormat_IsThatOfMacros(string main, string expected)
    {
        var line = CommandLine($"use_timezone=America/New_York\n{main}", "plugin $SHORTDATETIME$");
        Assert.StartsWith(expected, line, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Variable", "use_timezone")]
    [InlineData("use_timezone=UTC", "plugin 05:")]
    [InlineData("use_timezone=Asia/Tokyo", "plugin 14:")]
    public void UseTimezone_IsThatOfTimes(string main, string expected) =>
        Assert.StartsWith(expected, CommandLine(main, "plugin $TIME$"), StringComparison.Ordinal);

    [Theory]
    [Trait("Variable", "use_timezone")]
    [InlineData("use_timezone=UTC", 15.0)]
    [InlineData("use_timezone=Asia/Tokyo", 6.0)]
    public void UseTimezone_IsThatOfTimePeriods(string main, double opensAt)
    {
        var engine = Start(main, Objects.Replace("define host {", "define host {\ncheck_period evening", StringComparison.Ordinal)
            + $"define timeperiod {{\ntimeperiod_name evening\n{Week("15:00-16:00")}}}\n");
        var next = Clock.Now.Wall + (engine.NextCheck(Site.Id("web1"))!.Value - Clock.Now.Monotonic);
        Assert.InRange(next.TimeOfDay.TotalHours, opensAt, opensAt + (1.0 / 60));
    }

    [Theory]
    [Trait("Variable", "illegal_macro_output_chars")]
    [InlineData("illegal_macro_output_chars=<>", "plugin b&")]
    [InlineData("illegal_macro_output_chars=&", "plugin <b>")]
    [InlineData("", "plugin <b>&")]
    public void IllegalMacroOutputChars_DoNotReachCommands(string main, string expected)
    {
        var engine = Start(main, Objects.Replace("command_line plugin", "command_line plugin $HOSTOUTPUT$", StringComparison.Ordinal));
        Finish(engine, "web1", code: 0, "<b>&");
        Assert.Equal(expected, StartNextOf(engine, "web1").CommandLine.Text());
    }

    [Theory]
    [Trait("Variable", "illegal_object_name_chars")]
    [InlineData("illegal_object_name_chars=b", true)]
    [InlineData("illegal_object_name_chars=%", false)]
    [InlineData("", false)]
    public void IllegalObjectNameChars_AreRefused(string main, bool isRefused) =>
        Assert.Equal(isRefused, Load(main).Objects is null);

    [Theory]
    [Trait("Variable", "use_regexp_matching")]
    [Trait("Variable", "use_true_regexp_matching")]
    [InlineData("", "w.*1", false)]
    [InlineData("use_regexp_matching=1", "w.*1", true)]
    [InlineData("use_true_regexp_matching=1", "w.*1", false)]
    [InlineData("use_regexp_matching=1", "^web", false)]
    [InlineData("use_regexp_matching=1\nuse_true_regexp_matching=1", "^web", true)]
    public void RegexpMatching_InAListOfNames(string main, string members, bool isFound)
    {
        var loaded = Load(main, Objects + $"define hostgroup {{\nhostgroup_name g\nmembers {members}\n}}\n");
        Assert.Equal(isFound, loaded.Objects is not null);
        Assert.True(!isFound || loaded.Objects!.HostGroups[0].Members.Length == 1);
    }

    [Theory]
    [Trait("Variable", "allow_empty_hostgroup_assignment")]
    [InlineData("allow_empty_hostgroup_assignment=0", true)]
    [InlineData("allow_empty_hostgroup_assignment=1", false)]
    [InlineData("", false)]
    public void AllowEmptyHostgroupAssignment_OfDependencies(string main, bool isRefused)
    {
        var loaded = Load(main, Objects + """
            define hostgroup {
              hostgroup_name empty
            }
            define hostdependency {
              hostgroup_name empty
              dependent_host_name web1
              execution_failure_criteria d
            }

            """);
        Assert.Equal(isRefused, loaded.Objects is null);
    }

    [Theory]
    [Trait("Variable", "allow_circular_dependencies")]
    [InlineData("allow_circular_dependencies=1", false)]
    [InlineData("", true)]
    public void AllowCircularDependencies_TakesThem(string main, bool isRefused)
    {
        var loaded = Load(main, Objects + Host("web2") + Dependency("web1", "web2") + Dependency("web2", "web1"));
        Assert.Equal(isRefused, loaded.Objects is null);
    }
}
