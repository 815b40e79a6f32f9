using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Commands;

/// <summary>CHANGE_HOST_MODATTR and CHANGE_SVC_MODATTR: what is in the mask keeps its value, what is not has the definition's.</summary>
public sealed class ModifiedAttributeTests : MainVariableHarness
{
    private static readonly string WithVariable = Objects.Replace("define host {", "define host {\n_rack  a1", StringComparison.Ordinal);

    [Theory]
    [InlineData("CHANGE_SVC_MODATTR;web1;HTTP;0", 0)]
    [InlineData("CHANGE_SVC_MODATTR;web1;HTTP;1024", 1024)]
    [InlineData("CHANGE_SVC_MODATTR;web1;HTTP;1026", 1026)]
    [InlineData("CHANGE_SVC_MODATTR;web1;HTTP;131071", 131071 - 64 - 8192 - 32 - 256 - 32768 - 16384 - 65536)]
    public void Mask_IsWhatIsShownAfterwards(string command, long expected)
    {
        var engine = Start("");
        Give("DISABLE_SVC_CHECK;web1;HTTP");
        Give("CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;2");
        Assert.Equal(1026u, Shown("HTTP"));
        Assert.Null(Give(command));
        Assert.Equal(expected, Shown("HTTP"));
        return;

        string? Give(string line) => Say(engine, line);
        uint Shown(string name) => ModifiedAttributes.Of(engine.SettingsOf(Site.Id("web1", name)));
    }

    [Fact]
    public void Attribute_Cleared_IsTheDefinitionsAgainAtOnceAndAtAllNodes()
    {
        var engine = Start("");
        var id = Site.Id("web1", "HTTP");
        Say(engine, "DISABLE_SVC_CHECK;web1;HTTP");
        Assert.Null(engine.NextCheck(id));
        Output.Clear();
        Say(engine, "CHANGE_SVC_MODATTR;web1;HTTP;0");
        Assert.NotNull(engine.NextCheck(id));
        var change = Assert.Single(Output.Settings);
        Assert.True(SettingValueCodec.TryDecode(SettingValueCodec.Encode(change.Value), out var value));
        Assert.Null(value);
        var other = Start("");
        Say(other, "DISABLE_SVC_CHECK;web1;HTTP");
        other.Set(Clock.Now, change, Output);
        Assert.NotNull(other.NextCheck(id));
        Assert.Empty(other.SettingsOf(id).Values);
    }

    /// <summary>Naemon keeps a value whose bit is set through a restart with another configuration.</summary>
    [Fact]
    public void Attribute_Set_KeepsItsValueWhateverTheConfigurationSaysLater()
    {
        var engine = Start("", WithVariable);
        Assert.Null(Say(engine, "CHANGE_HOST_MODATTR;web1;4096"));
        var later = WithVariable.Replace("max_check_attempts 3", "max_check_attempts 9", StringComparison.Ordinal);
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, TextSite.Of("", later)), Output);
        var shown = engine.Snapshot(Clock.Now);
        Assert.Equal(3, shown.CheckingOf(Site.Id("web1")).MaxCheckAttempts);
        Assert.Equal(9, shown.CheckingOf(Site.Id("web1", "HTTP")).MaxCheckAttempts);
    }

    [Fact]
    public void Variables_Cleared_AreThoseOfTheDefinition()
    {
        var engine = Start("", WithVariable);
        Say(engine, "CHANGE_CUSTOM_HOST_VAR;web1;rack;b2");
        Assert.Equal("b2", engine.Snapshot(Clock.Now).CustomVariablesOf(Site.Id("web1"))[0].Value);
        Say(engine, "CHANGE_HOST_MODATTR;web1;32768");
        Assert.Equal("b2", engine.Snapshot(Clock.Now).CustomVariablesOf(Site.Id("web1"))[0].Value);
        Say(engine, "CHANGE_HOST_MODATTR;web1;2");
        Assert.Equal("a1", engine.Snapshot(Clock.Now).CustomVariablesOf(Site.Id("web1"))[0].Value);
    }

    [Fact]
    public void Mask_WithBitsThatAreNone_IsRefused()
    {
        var engine = Start("");
        Assert.Equal("131072 has attributes that there are none of", Say(engine, "CHANGE_HOST_MODATTR;web1;131072"));
    }

    private string? Say(Compeer.Engine.MonitoringEngine engine, string command) => engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output);
}
