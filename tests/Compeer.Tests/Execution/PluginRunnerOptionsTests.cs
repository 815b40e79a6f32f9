using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginRunnerOptionsTests
{
    public static TheoryData<PluginRunnerOptions, string> Wrong => new()
    {
        { new PluginRunnerOptions { MaxConcurrent = -1 }, "MaxConcurrent must be from 0 to 100000" },
        { new PluginRunnerOptions { MaxConcurrent = 100_001 }, "MaxConcurrent must be from 0 to 100000" },
        { new PluginRunnerOptions { Threads = 0 }, "Threads must be from 1 to 64" },
        { new PluginRunnerOptions { Threads = 65 }, "Threads must be from 1 to 64" },
        { new PluginRunnerOptions { OutputLimit = 255 }, "OutputLimit must be from 256 to 16777216" },
        { new PluginRunnerOptions { OutputLimit = 16_777_217 }, "OutputLimit must be from 256 to 16777216" },
        { new PluginRunnerOptions { WorkingDirectory = "/nonexistent" }, "'/nonexistent', does not exist" },
        { new PluginRunnerOptions { Environment = new Dictionary<string, string> { ["A=B"] = "" } }, "'A=B'" },
        { new PluginRunnerOptions { Environment = new Dictionary<string, string> { [""] = "x" } }, "empty name" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Constructor_OptionOutOfRange_SaysWhatIsAllowed(PluginRunnerOptions options, string message)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(
            () => new PluginRunner(options, TimeProvider.System, _ => { }, _ => { }));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MaxConcurrent_NotChosen_FitsTheLimitOfOpenFiles()
    {
        using var runner = new PluginRunner(new PluginRunnerOptions(), TimeProvider.System, _ => { }, _ => { });
        Assert.InRange(runner.Status.Services.Limit, 8, PluginRunnerOptions.DefaultMaxConcurrent);
    }

    [Fact]
    public void Inherited_ServiceManagersVariables_AreLeftOut()
    {
        var variables = PluginEnvironment.Inherited();
        Assert.False(string.IsNullOrEmpty(variables["PATH"]));
        Assert.DoesNotContain("NOTIFY_SOCKET", variables.Keys);
    }
}
