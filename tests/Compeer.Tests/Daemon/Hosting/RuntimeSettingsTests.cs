using System.Text.Json;

namespace Compeer.Tests.Daemon.Hosting;

/// <summary>What the daemon's own runtime is told at its start, where nothing but its cost would show that it is missing.</summary>
public sealed class RuntimeSettingsTests
{
    [Fact]
    public void Mond_WorkersOfTheThreadPool_DoNotSpin()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mond.runtimeconfig.json")));
        var settings = json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.True(settings.TryGetProperty("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit", out var limit));
        Assert.Equal(0, limit.GetInt32());
    }
}
