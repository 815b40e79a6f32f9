using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Commands;

/// <summary>Settings that operators changed at another node.</summary>
public sealed class SettingFromElsewhereTests : MainVariableHarness
{
    [Fact]
    public void SwitchOfTheProgram_CountsHereAndIsNotToldAgain()
    {
        var engine = Start("");
        Assert.True(engine.Program.Notifications);
        engine.Set(Clock.Now, new SettingChange(null, (uint)ProgramSetting.Notifications, SettingValue.Of(false)), Output);
        Assert.False(engine.Program.Notifications);
        Assert.Empty(Output.Settings);
        engine.Set(Clock.Now, new SettingChange(null, uint.MaxValue, SettingValue.Of(false)), Output);
        engine.Set(Clock.Now, new SettingChange(null, (uint)ProgramSetting.Notifications, null), Output);
        Assert.True(engine.Program.Notifications);
    }
}
