using Compeer.Engine;

namespace Compeer.Tests.Engine.EventHandlers;

/// <summary>Performance data: whose is processed, and how.</summary>
public sealed class PerformanceDataTests : MainVariableHarness
{
    [Theory]
    [Trait("Variable", "process_performance_data")]
    [InlineData("", "", false)]
    [InlineData("process_performance_data=1", "", true)]
    [InlineData("", "ENABLE_PERFORMANCE_DATA", true)]
    [InlineData("process_performance_data=1", "DISABLE_PERFORMANCE_DATA", false)]
    public void Program_ProcessesItAsSwitched(string main, string command, bool isOn)
    {
        var engine = Start(main);
        if (command.Length > 0)
        {
            Give(engine, command);
        }

        Assert.Equal(isOn, engine.Program.PerformanceData);
    }

    private void Give(MonitoringEngine engine, string command) => Assert.Null(engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output));
}
