using System.Buffers;
using System.Text;
using Compeer.Configuration.Retained;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Import;
using Compeer.Engine.Model;
using Compeer.Engine.StatusData;
using Compeer.Tests.Engine.Maintenance;

namespace Compeer.Tests.Engine.Import;

public sealed class RetentionImportTests : EntryHarness
{
    private const string More = """
        define timeperiod {
          timeperiod_name night
          monday 00:00-06:00
        }
        define contact {
          contact_name anna
          host_notification_commands check
          service_notification_commands check
          _PHONE 12
        }
        """;

    /// <summary>What one engine wrote, another has afterwards: the same status.dat.</summary>
    [Fact]
    public void Import_OfWhatWasWritten_GivesTheSameStatus()
    {
        Fill();
        var before = Status();
        var file = Retention();
        Begin();
        var report = Import(file).Report;
        Assert.Equal(before, Status());
        Assert.Equal(
            "acknowledgements 1, comments 5, downtimes 3, notification progress 1, settings 9, states 3",
            string.Join(", ", report.Counts.Select(count => $"{count.Key} {count.Value.Taken}")));
        Assert.Empty(report.UnknownKeys);
        Assert.Empty(report.Unknown);
        Assert.Empty(report.Refused);
    }

    [Fact]
    public void Import_Twice_ChangesNothing()
    {
        Fill();
        var file = Retention();
        Begin();
        Import(file);
        var before = Status();
        Output.Clear();
        var report = Import(file).Report;
        Assert.Equal(before, Status());
        Assert.Empty(Output.Entries);
        Assert.Empty(Output.Settings);
        Assert.Empty(Output.Changes);
        Assert.Empty(Output.Notifications);
        Assert.All(report.Counts, count => Assert.Equal(0, count.Value.Taken));
        Assert.Equal(5, report.Counts["comments"].Kept);
    }

    [Fact]
    public void Import_Taken_GoesToEveryNodeAndTellsNobody()
    {
        Fill();
        var file = Retention();
        Begin();
        Output.Clear();
        Import(file);
        Assert.Equal(3, Output.Changes.Count);
        Assert.Equal(9, Output.Settings.Count);

        // Five comments, three downtimes, the word that one began, an acknowledgement.
        Assert.Equal(10, Output.Entries.Count);
        Assert.Empty(Output.Commands);
        Assert.DoesNotContain(Output.Lines(), line => line.Contains("NOTIFICATION", StringComparison.Ordinal));
    }

    [Fact]
    public void Import_DryRun_SaysTheSameAndChangesNothing()
    {
        Fill();
        var file = Retention();
        Begin();
        var before = Status();
        Output.Clear();
        var dry = Import(file, isDryRun: true).Report;
        Assert.Equal(before, Status());
        Assert.True(Output.IsEmpty);
        Assert.Equal(dry.Counts, Import(file).Report.Counts);
    }

    [Fact]
    public void Import_NewerInTheCluster_Stays()
    {
        Fill();
        var file = Retention();
        Begin();
        Pass(60);
        Result("web1", 0);
        Assert.Null(Give("DISABLE_HOST_NOTIFICATIONS;web1"));
        Assert.Null(Give("ENABLE_HOST_NOTIFICATIONS;web1"));
        var report = Import(file).Report;
        Assert.Equal(0, Engine[Web1].State);
        Assert.True(Engine.SettingsOf(Web1)[OperatorSetting.Notifications]!.Value.IsOn);
        Assert.Equal((2, 1), report.Counts["states"]);
        Assert.Equal(1, report.Counts["settings"].Kept);
    }

    [Fact]
    public void Import_Unknown_IsNamedAndCounted()
    {
        Begin();
        var report = Import("""
            host {
            host_name=gone
            }
            service {
            host_name=web1
            service_description=gone
            }
            contact {
            contact_name=gone
            }
            servicedowntime {
            host_name=web1
            service_description=gone
            }
            host {
            host_name=web1
            mood=good
            }
            host {
            host_name=web2
            mood=bad
            }
            future {
            a=b
            }

            """).Report;
        Assert.Equal(["host gone", "service web1;gone", "contact gone"], report.Unknown);
        Assert.Equal(4, report.UnknownObjects);
        Assert.Equal(
            [("future { }", 1L), ("host: mood", 2L)], report.UnknownKeys.Select(key => (key.Key, key.Value)));
    }

    [Theory]
    [InlineData("modified_attributes=512\ncheck_command=gone!x", "line 1: check_command=gone!x: there is no such command")]
    [InlineData("modified_attributes=16384\ncheck_period=gone", "line 1: check_period=gone: there is no such time period")]
    [InlineData("modified_attributes=32768\n_GONE=1;x", "line 1: _GONE: there is no such custom variable")]
    public void Import_SettingThatNamesNothing_IsRefused(string lines, string why)
    {
        Begin();
        var report = Import($"host {{\nhost_name=web1\n{lines}\n}}\n").Report;
        Assert.Equal([why], report.Refused);
        Assert.Same(OperatorSettings.None, Engine.SettingsOf(Web1));
    }

    /// <summary>Nagios writes all switches; only those whose bits are set were changed.</summary>
    [Fact]
    public void Import_SwitchWithoutItsBit_IsTheDefinitions()
    {
        Begin();
        Import("host {\nhost_name=web1\nmodified_attributes=2\nnotifications_enabled=0\nactive_checks_enabled=0\n}\n");
        Assert.Null(Engine.SettingsOf(Web1)[OperatorSetting.Notifications]);
        Assert.False(Engine.SettingsOf(Web1)[OperatorSetting.ActiveChecks]!.Value.IsOn);
    }

    /// <summary>Nagios 4 has other names for intervals than Naemon.</summary>
    [Theory]
    [InlineData("normal_check_interval")]
    [InlineData("check_interval")]
    public void Import_ChangedInterval_IsTakenUnderEitherName(string key)
    {
        Begin();
        var report = Import($"host {{\nhost_name=web1\nmodified_attributes=1024\n{key}=7.500000\n}}\n").Report;
        Assert.Equal(TimeSpan.FromMinutes(7.5).Ticks, Engine.SettingsOf(Web1)[OperatorSetting.CheckInterval]!.Value.Number);
        Assert.Empty(report.UnknownKeys);
    }

    /// <summary>Numbers that something else has already are not used twice; what goes together stays together.</summary>
    [Fact]
    public void Import_NumbersInUse_AreMapped()
    {
        Begin();
        Assert.Null(Give($"SCHEDULE_HOST_DOWNTIME;web2;{Seconds + 60};{Seconds + 3600};1;0;3600;anna;own"));
        var until = Seconds + 3600;
        Import($$"""
            hostcomment {
            host_name=web1
            entry_type=2
            comment_id=1
            persistent=0
            entry_time=1700000000
            author=bob
            comment_data=of the downtime
            }
            hostdowntime {
            host_name=web3
            comment_id=7
            downtime_id=2
            entry_time=1700000000
            start_time={{Seconds}}
            end_time={{until}}
            triggered_by=1
            fixed=1
            duration=10
            author=bob
            comment=behind
            }
            hostdowntime {
            host_name=web1
            comment_id=1
            downtime_id=1
            entry_time=1700000000
            start_time={{Seconds}}
            end_time={{until}}
            fixed=1
            duration=10
            is_in_effect=1
            author=bob
            comment=first
            }

            """);
        var first = Assert.Single(Downtimes(), downtime => downtime.Text == "first");
        var behind = Assert.Single(Downtimes(), downtime => downtime.Text == "behind");
        Assert.Equal(3, Downtimes().Select(downtime => downtime.Id.Number).Distinct().Count());
        Assert.Equal(first.Id, behind.Trigger);
        Assert.Equal("of the downtime", Comments().Single(comment => comment.Id == first.CommentId).Text);
        Assert.Equal(DowntimePhase.InEffect, first.Phase);
        Pass(3700);
        Assert.DoesNotContain(Comments(), comment => comment.Author == "bob");
    }

    /// <summary>As in Naemon, what nobody made to last is gone; a downtime that is over is not taken.</summary>
    [Fact]
    public void Import_WhatDoesNotLast_IsLeftOut()
    {
        Begin();
        var report = Import("""
            hostcomment {
            host_name=web1
            entry_type=1
            comment_id=4
            persistent=0
            entry_time=1700000000
            author=bob
            comment_data=for today
            }
            hostdowntime {
            host_name=web1
            downtime_id=1
            entry_time=1700000000
            start_time=1700000000
            end_time=1700003600
            fixed=1
            author=bob
            comment=long ago
            }

            """).Report;
        Assert.Empty(Comments());
        Assert.Empty(Downtimes());
        Assert.Equal(["line 10: a downtime of web1 is over since 1700003600"], report.Refused);
    }

    [Fact]
    public void Import_Acknowledged_HoldsUntilTheRecovery()
    {
        Fill();
        var file = Retention();
        Begin();
        Import(file);
        var given = Assert.Single(Acknowledgements());
        Assert.Equal((AcknowledgementKind.Sticky, "anna", "known"), (given.Kind, given.Author, given.Text));
        Assert.Equal(CommentKind.Acknowledgement, Comments().Single(comment => comment.Id == given.CommentId).Kind);
        Result("HTTP", 0);
        Result("HTTP", 0);
        Assert.Empty(Acknowledgements());
    }

    /// <summary>Also one that began, as when the file is old: nobody is told that it ends.</summary>
    [Theory]
    [InlineData("fixed=1\nduration=60", 60, false)]
    [InlineData("fixed=0\nduration=60", 3600, false)]
    [InlineData("fixed=0\nduration=900", 3600, true)]
    public void Import_DowntimeThatBeganAndIsOver_IsLeftOut(string lines, int lasts, bool isTaken)
    {
        Begin();
        Output.Clear();
        var report = Import($$"""
            hostdowntime {
            host_name=web1
            downtime_id=1
            entry_time={{Seconds - 700}}
            start_time={{Seconds - 600}}
            flex_downtime_start={{(lines[6] == '0' ? Seconds - 500 : 0)}}
            end_time={{Seconds - 600 + lasts}}
            {{lines}}
            is_in_effect=1
            author=bob
            comment=work
            }

            """).Report;
        Engine.Advance(Clock.Now, Output);
        Assert.Equal(isTaken, report.Refusals == 0);
        Assert.Equal(isTaken ? 1 : 0, Engine.DowntimeDepth(Web1));
        Assert.Empty(Alerts());
    }

    private void Begin() => Engine = Start("enable_flap_detection=1", Many.Replace(
        "host_name web1\n", "host_name web1\n  _RACK 7\n", StringComparison.Ordinal) + More);

    private void Fill()
    {
        Begin();
        Result("HTTP", 2);
        Result("web1", 1);
        Result("web1", 1);
        Result("web1", 1);
        Result("PING", 0);
        foreach (var command in (string[])
        [
            "ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;2;0;1;anna;known", "SET_HOST_NOTIFICATION_NUMBER;web1;3",
            "ADD_HOST_COMMENT;web1;1;anna;disk", $"SCHEDULE_HOST_DOWNTIME;web1;{Seconds};{Seconds + 7200};1;0;3600;anna;work",
            $"SCHEDULE_SVC_DOWNTIME;web1;PING;{Seconds};{Seconds + 7200};0;0;600;anna;maybe",
            $"SCHEDULE_HOST_DOWNTIME;web3;{Seconds};{Seconds + 7200};0;2;3600;anna;behind",
            "DISABLE_HOST_NOTIFICATIONS;web1", "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;7", "CHANGE_MAX_HOST_CHECK_ATTEMPTS;web1;5",
            "CHANGE_HOST_CHECK_TIMEPERIOD;web1;night", "CHANGE_CUSTOM_HOST_VAR;web1;RACK;8", "DISABLE_NOTIFICATIONS",
            "STOP_EXECUTING_HOST_CHECKS", "DISABLE_CONTACT_SVC_NOTIFICATIONS;anna", "CHANGE_CUSTOM_CONTACT_VAR;anna;PHONE;34",
        ])
        {
            Assert.Null(Give(command));
        }

        Engine.Advance(Clock.Now, Output);
    }

    private RetentionImport Import(string text, bool isDryRun = false)
    {
        var reader = new RetainedFileReader();
        List<RetainedBlock> blocks = [];
        reader.Feed(Encoding.UTF8.GetBytes(text), blocks);
        reader.End(blocks);
        Assert.Null(reader.Problem);
        var import = new RetentionImport { IsDryRun = isDryRun };
        foreach (var piece in blocks.Chunk(3))
        {
            Engine.Import(Clock.Now, import, piece, isLast: false, Output);
        }

        Engine.Import(Clock.Now, import, [], isLast: true, Output);
        return import;
    }

    private string Status() => Written(output => StatusDataWriter.Write(
        Engine.Snapshot(Clock.Now),
        new ProgramFigures { Version = "1", ProcessId = 1, Started = TestClock.Epoch },
        output));

    private string Retention() => Written(output => RetentionDataWriter.Write(Engine.Snapshot(Clock.Now), "1", output));

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
