using System.Text.Json;

namespace Compeer.Tests.Daemon.Hosting;

/// <summary>What the daemon's own runtime is told at its start, where nothing but its cost would show that it is missing.</summary>
public sealed class RuntimeSettingsTests
{
    [Theory]
    [InlineData("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit", 0)]
    [InlineData("System.GC.Gen0MaxBudget", 6 << 20)]
    [InlineData("System.Runtime.TieredCompilation.CallCountingDelayMs", 1000)]
    public void Mond_Runtime_IsTold(string setting, int value)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mond.runtimeconfig.json")));
        var settings = json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.True(settings.TryGetProperty(setting, out var told));
        Assert.Equal(value, told.GetInt32());
    }
}
