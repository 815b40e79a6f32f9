using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>What a configuration wants of what an earlier run left.</summary>
public sealed class RetentionTests
{
    private static readonly CheckState Checked =
        CheckState.Pending(0) with { HasBeenChecked = true, LastCheckTicks = 5, NextCheckTicks = 9 };

    [Theory]
    [InlineData("", "state:h state:h\ns h:1 h\ns:1 h\ns:60 program:1 program:2 program:20 program:22 program:60")]
    [Trait("Variable", "use_retained_program_state")]
    [InlineData("use_retained_program_state=0", "state:h state:h\ns h:1 h\ns:1 h\ns:60")]
    [Trait("Variable", "retained_host_attribute_mask")]
    [InlineData("retained_host_attribute_mask=2", "state:h state:h\ns h\ns:1 h\ns:60 program:1 program:2 program:20 program:22 program:60")]
    [Trait("Variable", "retained_service_attribute_mask")]
    [InlineData("retained_service_attribute_mask=3", "state:h state:h\ns h:1 program:1 program:2 program:20 program:22 program:60")]
    [Trait("Variable", "retained_process_host_attribute_mask")]
    [InlineData("retained_process_host_attribute_mask=8203", "state:h state:h\ns h:1 h\ns:1 h\ns:60 program:2")]
    [Trait("Variable", "retained_process_service_attribute_mask")]
    [InlineData(
        "retained_process_service_attribute_mask=2", "state:h state:h\ns h:1 h\ns:1 h\ns:60 program:1 program:20 program:22 program:60")]
    public void Values_OfAnEarlierRun_AreTakenAsTheMainConfigurationSays(string line, string expected)
    {
        var stored = Stored();

        var wanted = Retention.Of(Configuration(line, ""), stored);

        Assert.Equal(expected, string.Join(' ', wanted.Values.Select(NameOf)));
        Assert.Equal(stored.Values.Except(wanted.Values), wanted.Refused);
    }

    [Theory]
    [InlineData("", "", "1 2 3 4 1073741824")]
    [Trait("Variable", "retained_contact_host_attribute_mask")]
    [InlineData("retained_contact_host_attribute_mask=1", "", "2 3 4 1073741824")]
    [InlineData("retained_contact_host_attribute_mask=65536", "", "1 2 4 1073741824")]
    [Trait("Variable", "retained_contact_service_attribute_mask")]
    [InlineData("retained_contact_service_attribute_mask=65537", "", "1 3 1073741824")]
    [InlineData("", "retain_nonstatus_information 0", "")]
    public void Contacts_OfAnEarlierRun_AreTakenAsTheConfigurationSays(string line, string directive, string expected)
    {
        uint[] settings = [1, 2, 3, 4, 0x4000_0000];
        var stored = new StoredValues([.. settings.Select(one => Of(RegisterKind.ContactSettings, "c", one, [1]))], []);

        var wanted = Retention.Of(Configuration(line, "", directive), stored);

        Assert.Equal(expected, string.Join(' ', wanted.Values.Select(update => update.Setting)));
        Assert.Equal(settings.Length, wanted.Values.Count + wanted.Refused.Count);
    }

    [Theory]
    [InlineData("retain_status_information 0", "h:1 h\ns:1 h\ns:60")]
    [InlineData("retain_nonstatus_information 0", "state:h state:h\ns")]
    public void Values_OfAnEarlierRun_AreTakenAsTheirObjectsSay(string directive, string expected) => Assert.Equal(
        expected,
        string.Join(' ', Retention.Of(Configuration("use_retained_program_state=0", directive), Stored()).Values.Select(NameOf)));

    [Theory]
    [Trait("Variable", "use_retained_scheduling_info")]
    [InlineData("", 9)]
    [InlineData("use_retained_scheduling_info=0", 0)]
    public void Times_OfAnEarlierRun_AreGoneOnByUnlessTheyAreNotWanted(string line, long next)
    {
        var state = Retention.Of(Configuration(line, ""), Stored()).Values[0];

        Assert.Equal(next, CheckStateCodec.Decode(state.Payload.Span).State!.NextCheckTicks);
    }

    private static StoredValues Stored()
    {
        var states = ((string[])["h", "h\ns"]).Select(name => Of(RegisterKind.CheckState, name, 0, CheckStateCodec.Encode(Checked)));
        var settings = ((OperatorSetting Setting, string Name)[])
            [(OperatorSetting.ActiveChecks, "h"), (OperatorSetting.ActiveChecks, "h\ns"), (OperatorSetting.Notifications, "h\ns")];
        ProgramSetting[] program =
        [
            ProgramSetting.HostChecks, ProgramSetting.ServiceChecks, ProgramSetting.HostFreshness, ProgramSetting.EventHandlers,
            ProgramSetting.Notifications,
        ];
        return new StoredValues(
            [
                .. states,
                .. settings.Select(one => Of(RegisterKind.OperatorSettings, one.Name, (uint)one.Setting, [1])),
                .. program.Select(one => Of(RegisterKind.OperatorSettings, "\n", (uint)one, [1])),
            ],
            []);
    }

    private static Update Of(RegisterKind kind, string name, uint setting, byte[] payload) =>
        new(new NodeId(1), 1, 1, kind, Encoding.UTF8.GetBytes(name), payload) { Setting = setting };

    private static string NameOf(Update update) => Encoding.UTF8.GetString(update.Key.Span) switch
    {
        "\n" => $"program:{update.Setting}",
        var name when update.Kind == RegisterKind.CheckState => $"state:{name}",
        var name => $"{name}:{update.Setting}",
    };

    private static PeerConfiguration Configuration(string line, string directive, string ofContact = "")
    {
        var main = MainConfigurationReader.Read(
            new SourceFile("/t/naemon.cfg", Encoding.UTF8.GetBytes($"cfg_file=/t/o.cfg\n{line}\n")), []).Configuration!;
        var text = $$"""
            define command {
              command_name probe
              command_line /bin/true
            }
            define contact {
              contact_name c
              host_notification_commands probe
              service_notification_commands probe
              {{ofContact}}
            }
            define host {
              host_name h
              check_command probe
              max_check_attempts 3
              {{directive}}
            }
            define service {
              host_name h
              service_description s
              check_command probe
              max_check_attempts 3
              {{directive}}
            }
            """;
        var objects = ObjectConfigurationCompiler.Compile(main, [new SourceFile("/t/o.cfg", Encoding.UTF8.GetBytes(text))], []);
        return new PeerConfiguration(main, objects.Configuration!, ZoneRules.Utc, new ConfigurationVersion(1, "v"));
    }
}
