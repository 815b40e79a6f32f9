using Compeer.Configuration.Objects.Splitting;

namespace Compeer.Tests.Configuration.Objects.Splitting;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationSplitTests
{
    /// <summary>Two pollers' hosts and the masters' own; each object is there to be taken or left by one rule.</summary>
    private const string Site = """
        define timeperiod { timeperiod_name always
          monday 00:00-24:00
          exclude holidays
        }
        define timeperiod { timeperiod_name holidays
          december 25 00:00-24:00
        }
        define timeperiod { timeperiod_name escalating
          monday 00:00-24:00
        }
        define timeperiod { timeperiod_name depending
          monday 00:00-24:00
        }
        define timeperiod { timeperiod_name nobodys
          monday 00:00-24:00
        }
        define command { command_name fine
          command_line $USER1$/check_fine
        }
        define command { command_name handle
          command_line /bin/true
        }
        define command { command_name notify
          command_line /bin/true
        }
        define command { command_name perf
          command_line /bin/true
        }
        define command { command_name nobodys
          command_line /bin/true
        }
        define contact { name person
          register 0
          host_notification_period always
          service_notification_period always
          host_notification_commands notify
          service_notification_commands notify
        }
        define contact { use person
          contact_name vader
        }
        define contact { use person
          contact_name han
        }
        define contact { use person
          contact_name greedo
        }
        define contactgroup { contactgroup_name crew
          members han,vader
        }
        define contactgroup { contactgroup_name hunters
          members greedo,han
        }
        define host { name base
          register 0
          check_command fine
          max_check_attempts 3
          check_period always
        }
        define service { name base
          register 0
          check_command fine
          max_check_attempts 3
          check_period always
        }
        define host { use base
          host_name falcon
          hostgroups hyperdrive,all
          contact_groups crew
          parents deathstar,engine
          _MADE_IN corellia
        }
        define host { use base
          host_name engine
          hostgroups hyperdrive,all
          contacts vader
          event_handler handle
        }
        define host { use base
          host_name deathstar
          hostgroups all
          contacts greedo
        }
        define host { use base
          host_name xwing
          hostgroups theforce,all
          contacts greedo
        }
        define hostgroup { hostgroup_name hyperdrive
        }
        define hostgroup { hostgroup_name theforce
        }
        define hostgroup { hostgroup_name all
          alias everything
        }
        define service { use base
          host_name falcon,deathstar
          service_description lasers
          servicegroups weapons
          check_command fine!a\!b;c
        }
        define service { use base
          host_name xwing
          service_description torpedo
          servicegroups weapons,rebels
        }
        define service { use base
          host_name falcon
          service_description shields
          parents deathstar,lasers,falcon,lasers
        }
        define servicegroup { servicegroup_name weapons
        }
        define servicegroup { servicegroup_name rebels
        }
        define hostdependency { host_name engine
          dependent_host_name falcon
          dependency_period depending
          execution_failure_options d
        }
        define hostdependency { host_name xwing
          dependent_host_name falcon
          execution_failure_options d
        }
        define servicedependency { host_name falcon
          service_description lasers
          dependent_host_name falcon
          dependent_service_description shields
          notification_failure_options c
        }
        define servicedependency { host_name deathstar
          service_description lasers
          dependent_host_name falcon
          dependent_service_description shields
          notification_failure_options c
        }
        define hostescalation { host_name falcon,xwing
          first_notification 2
          last_notification 0
          escalation_period escalating
          contact_groups crew
        }
        define serviceescalation { host_name xwing
          service_description torpedo
          first_notification 2
          last_notification 0
          contact_groups hunters
        }
        """;

    [Fact]
    public void TakeOut_AHostGroup_GivesItsHostsAndWhatTheyNeed()
    {
        var part = SplitHarness.Part(SplitHarness.Compile(Site), "hyperdrive", "perf", "unheard-of");

        string[] expected =
        [
            "period always", "period depending", "period escalating", "period holidays",
            "command fine", "command handle", "command notify", "command perf",
            "contact han", "contact vader",
            "contactgroup crew=han,vader",
            "hostgroup all=engine,falcon", "hostgroup hyperdrive=engine,falcon",
            "servicegroup weapons=falcon/lasers",
            "host engine<", "host falcon<engine",
            "service falcon/lasers<", "service falcon/shields<falcon/lasers",
            "hostdependency falcon<engine",
            "servicedependency falcon<falcon",
            "hostescalation falcon",
        ];
        Assert.Equal(expected, SplitHarness.Names(SplitHarness.Read(SplitHarness.TextOf(part))));
        Assert.Equal((expected.Length, 2, 2), (part.Objects, part.Hosts, part.Services));
    }

    [Fact]
    public void Write_Macros_StayAsTheyAreAndNothingElseIsLost()
    {
        var text = SplitHarness.TextOf(SplitHarness.Part(SplitHarness.Compile(Site), "hyperdrive"));

        Assert.Contains("\tcommand_line\t$USER1$/check_fine\n", text, StringComparison.Ordinal);
        Assert.Contains("\t_MADE_IN\tcorellia\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\tuse\t", text, StringComparison.Ordinal);
        Assert.DoesNotContain("check_timeout", text, StringComparison.Ordinal);
        Assert.StartsWith("# Objects of the host groups hyperdrive, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TakeOut_OrderOfGroupsAndOfTheSource_MakesNoDifferenceToTheObjects()
    {
        var blocks = Site.Split("define ", StringSplitOptions.RemoveEmptyEntries);
        var turned = string.Concat(blocks.Reverse().Select(block => $"define {block.TrimEnd()}\n"));

        var text = SplitHarness.TextOf(SplitHarness.Part(SplitHarness.Compile(Site), "hyperdrive,theforce"));

        Assert.Equal(text, SplitHarness.TextOf(SplitHarness.Part(SplitHarness.Compile(turned), "hyperdrive,theforce")));
        Assert.Equal(
            text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..],
            SplitHarness.TextOf(SplitHarness.Part(SplitHarness.Compile(Site), "theforce,hyperdrive")) is var other
                ? other[(other.IndexOf('\n', StringComparison.Ordinal) + 1)..]
                : "");
    }

    [Fact]
    public void TakeOut_UnknownHostGroups_NamesThemAndGivesNothing()
    {
        var part = ConfigurationSplit.TakeOut(
            SplitHarness.Compile(Site), ["hyperride", "hyperdrive", "tattoine"], [], out var unknown);

        Assert.Null(part);
        Assert.Equal(["hyperride", "tattoine"], unknown.ToArray());
    }

    [Fact]
    public void Write_APart_IsTakenByNagios()
    {
        var folder = Directory.CreateTempSubdirectory("compeer-split-");
        try
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            var file = Path.Combine(folder.FullName, "part.cfg");
            var whole = SplitHarness.Compile(Site);
            foreach (var groups in (string[])["hyperdrive", "theforce", "all"])
            {
                File.WriteAllText(file, SplitHarness.TextOf(SplitHarness.Part(whole, groups)));
                (var accepted, _, var output) = NagiosVerification.Run([file], "");
                Assert.True(accepted, $"{groups}\n{output}\n{File.ReadAllText(file)}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("notes", "a \\; b")]
    [InlineData("notes", "ends in a backslash \\\\")]
    [InlineData("notes", "x \\\\\\; y")]
    [InlineData("_TEXT", "\\;\\;")]
    [InlineData("check_command", "fine!x\\\\!y")]
    public void Write_ValuesThatTheFormatWouldChange_AreReadAsTheyWere(string name, string value)
    {
        var whole = SplitHarness.Compile(
            $"{Site}\ndefine host {{ use base\n  host_name odd\n  hostgroups hyperdrive\n  {name} {value}\n}}\n");
        var host = whole.FindHost("odd")!;

        var again = SplitHarness.Read(SplitHarness.TextOf(SplitHarness.Part(whole, "hyperdrive"))).FindHost("odd")!;

        Assert.Equal(host.Presentation, again.Presentation);
        Assert.Equal(host.CustomVariables.ToArray(), again.CustomVariables.ToArray());
        Assert.Equal(host.CheckCommand!.Arguments.ToArray(), again.CheckCommand!.Arguments.ToArray());
    }

    [Fact]
    public void Write_LimitsThatAreNotTheMainConfigurations_AreWritten()
    {
        var whole = SplitHarness.Compile(
            $"{Site}\ndefine host {{ use base\n  host_name slow\n  hostgroups hyperdrive\n  check_timeout 90\n}}\n");

        var text = SplitHarness.TextOf(SplitHarness.Part(whole, "hyperdrive"));

        Assert.Equal(1, text.Split("check_timeout").Length - 1);
        Assert.Equal(TimeSpan.FromSeconds(90), SplitHarness.Read(text).FindHost("slow")!.Checking.CheckTimeout);
    }
}
