using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Commands;

/// <summary>Custom variables that operators change, and files of commands.</summary>
public sealed class CustomVariableTests : MainVariableHarness
{
    private static readonly string WithVariables = Objects
        .Replace("define host {", "define host {\n_rack  a1\n_owner  web", StringComparison.Ordinal)
        .Replace("service_description HTTP", "service_description HTTP\n_port 80", StringComparison.Ordinal)
        .Replace("command_line plugin", "command_line plugin $_HOSTRACK$ $_HOSTOWNER$ $_SERVICEPORT$", StringComparison.Ordinal);

    [Theory]
    [InlineData("CHANGE_CUSTOM_HOST_VAR;web1;rack;b2", "plugin b2 web 80")]
    [InlineData("CHANGE_CUSTOM_HOST_VAR;web1;_OWNER;ops=1;2", "plugin a1 ops=1;2 80")]
    [InlineData("CHANGE_CUSTOM_SVC_VAR;web1;HTTP;Port;8080", "plugin a1 web 8080")]
    public void Variable_Changed_IsInMacros(string command, string line)
    {
        var engine = Start("", WithVariables);
        Assert.Null(Tell(engine, command));
        Assert.Equal(line, StartNextOf(engine, "HTTP").CommandLine.Text());
    }

    [Fact]
    public void Variables_ChangedAtOnce_BothStayAndReachOthers()
    {
        var engine = Start("", WithVariables);
        Tell(engine, "CHANGE_CUSTOM_HOST_VAR;web1;rack;b2");
        Tell(engine, "CHANGE_CUSTOM_HOST_VAR;web1;owner;ops");
        Assert.Equal(2, Output.Settings.Select(change => change.Setting).Distinct().Count());
        var other = new MonitoringEngine(Site);
        foreach (var change in Output.Settings.ToList())
        {
            other.Set(Clock.Now, change, Output);
        }

        Output.Clear();
        other.Gain(Clock.Now, Site.All(), TimeSpan.Zero, Output);
        Assert.Equal("plugin b2 ops 80", StartNextOf(other, "HTTP").CommandLine.Text());
    }

    [Fact]
    public void Variable_Changed_StaysAfterAReload()
    {
        var engine = Start("", WithVariables);
        Tell(engine, "CHANGE_CUSTOM_HOST_VAR;web1;rack;b2");
        var after = TextSite.Of("", WithVariables.Replace("check_interval 5", "check_interval 6", StringComparison.Ordinal));
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, after), Output);
        Assert.Equal("plugin b2 web 80", StartNextOf(engine, "HTTP").CommandLine.Text());
    }

    [Fact]
    public void Variable_ThatIsNotThere_IsAnError() =>
        Assert.Equal(
            "it has no custom variable 'shelf'", Tell(Start("", WithVariables), "CHANGE_CUSTOM_HOST_VAR;web1;shelf;b2"));

    [Fact]
    public void Number_OfAVariable_NeverChanges() =>
        Assert.Equal(0x4000_0000 | (0xE40C292C & 0x3FFF_FFFF), (uint)CustomVariable.SettingOf("a"));

    [Theory]
    [InlineData("PROCESS_FILE;/tmp/commands;1", true)]
    [InlineData("PROCESS_FILE;/tmp/commands;0", false)]
    public void File_IsGivenToTheShell(string command, bool isRemoved)
    {
        var engine = Start("");
        Output.Clear();
        Assert.Null(Tell(engine, command));
        Assert.Equal(new CommandFile("/tmp/commands", isRemoved), Assert.Single(Output.CommandFiles));
    }

    private string? Tell(MonitoringEngine engine, string command) => engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output);
}
