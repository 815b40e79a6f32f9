using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>A test on three hosts that have the programs and nothing else.</summary>
public abstract class HostTest : ClusterTest, IAsyncLifetime
{
    private protected HostNetwork Network { get; private set; } = null!;

    private protected Host Peer01 => Network["peer01"];

    private protected Host Peer02 => Network["peer02"];

    private protected Host Peer03 => Network["peer03"];

    /// <summary>Somebody logged in on peer01.</summary>
    private protected HostTerminal Terminal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Network = Own(await HostNetwork.StartAsync(Folder, "peer01", "peer02", "peer03"));
        await Task.WhenAll(Network.Hosts.Select(host => host.InstallAsync()));
        Terminal = Own(await HostTerminal.OpenAsync(Peer01));
    }

    private protected static void Says(string text, TypedResult result) =>
        Assert.True(result.Shown.Contains(text, StringComparison.Ordinal), $"\"{text}\" expected of {result}");

    public Task DisposeAsync() => Task.CompletedTask;
}
