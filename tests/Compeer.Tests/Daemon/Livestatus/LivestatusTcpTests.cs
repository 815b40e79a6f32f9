using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;

namespace Compeer.Tests.Daemon.Livestatus;

/// <summary>Livestatus by TCP: who may come, encrypted or not, and what happens to a port that is taken.</summary>
public sealed class LivestatusTcpTests
{
    private const string Request = "GET hosts\nColumns: name\nLimit: 1\n\n";

    [Fact]
    public async Task Tcp_ThisMachine_IsServed()
    {
        var options = new LivestatusOptions { Address = FreePort() };
        await using var served = await ServedLivestatus.OpenAsync(options);
        using var client = await ConnectAsync(options.Address);
        await client.SendAsync(Encoding.ASCII.GetBytes(Request));
        Assert.Equal("h0\n", await ServedLivestatus.ReadToEndAsync(new NetworkStream(client)));
    }

    [Fact]
    public async Task Tcp_NotAllowed_IsRefusedAndSaid()
    {
        var options = new LivestatusOptions { Address = FreePort(), Allowed = [IPNetwork.Parse("192.0.2.0/24")] };
        await using var served = await ServedLivestatus.OpenAsync(options);
        using var client = await ConnectAsync(options.Address);
        Assert.Equal("", await ReadOrNothingAsync(client));
        await ServedLivestatus.WaitForAsync(
            () => served.LogText.Contains("refused 127.0.0.1: livestatus does not let it in", StringComparison.Ordinal), "not in the log");
    }

    [Fact]
    public async Task Tls_CertificateOfItsOwn_IsMadeOnceAndEncrypts()
    {
        var options = new LivestatusOptions { Address = FreePort(), IsEncrypted = true };
        await using var served = await ServedLivestatus.OpenAsync(options);
        var file = Path.Combine(served.Folder, "made/livestatus.pem");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using var made = X509Certificate2.CreateFromPemFile(file);
        using var client = await ConnectAsync(options.Address);
        await using var encrypted = new SslStream(
            new NetworkStream(client), leaveInnerStreamOpen: false, (_, shown, _, _) => shown?.GetCertHashString() == made.Thumbprint);
        await encrypted.AuthenticateAsClientAsync("localhost");
        await encrypted.WriteAsync(Encoding.ASCII.GetBytes(Request));
        Assert.Equal("h0\n", await ServedLivestatus.ReadToEndAsync(encrypted));

        // Without TLS nothing is answered.
        using var plain = await ConnectAsync(options.Address);
        await plain.SendAsync(Encoding.ASCII.GetBytes(Request));
        Assert.DoesNotContain("h0", await ReadOrNothingAsync(plain), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_ClientSaysNothing_IsLetGo()
    {
        var options = new LivestatusOptions
        {
            Address = FreePort(),
            IsEncrypted = true,
            RequestLimit = TimeSpan.FromMilliseconds(300),
        };
        await using var served = await ServedLivestatus.OpenAsync(options);
        using var silent = await ConnectAsync(options.Address);
        Assert.Equal("", await ReadOrNothingAsync(silent));
    }

    [Fact]
    public async Task Open_PortIsTaken_SaysSo()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var address = (IPEndPoint)taken.LocalEndPoint!;
        var fault = await Assert.ThrowsAsync<StartupException>(
            () => ServedLivestatus.OpenAsync(new LivestatusOptions { Address = address }));
        Assert.Matches(
            $"^livestatus cannot listen on {address}: another program has .* \\(inet_addr of the broker_module line\\)$", fault.Message);
    }

    [Fact]
    public async Task Open_CertificateIsNone_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("c.pem", "nonsense");
        var fault = await Assert.ThrowsAsync<StartupException>(() => ServedLivestatus.OpenAsync(
            new LivestatusOptions { Address = FreePort(), IsEncrypted = true, CertificateFile = file }));
        Assert.StartsWith($"livestatus certificate {file}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_OtherPlaces_ServesThereAndNoLongerThere()
    {
        using var folder = new TemporaryFolder();
        var first = new LivestatusOptions { Address = FreePort(), Socket = folder.File("other/live") };
        await using var served = await ServedLivestatus.OpenAsync(first);
        Assert.True(File.Exists(first.Socket));
        var second = first with { Address = FreePort(), Socket = null };
        served.Server.Follow(() => second);
        await ServedLivestatus.WaitForAsync(() => !File.Exists(first.Socket), "the socket is still there");
        using var client = await ConnectAsync(second.Address!);
        await client.SendAsync(Encoding.ASCII.GetBytes(Request));
        Assert.Equal("h0\n", await ServedLivestatus.ReadToEndAsync(new NetworkStream(client)));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(first.Address!));

        // A port that is taken leaves the rest as it is, and is told of.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        served.Server.Follow(() => second with { Address = (IPEndPoint)taken.LocalEndPoint! });
        await ServedLivestatus.WaitForAsync(
            () => served.LogText.Contains("Error: livestatus cannot listen on", StringComparison.Ordinal), "not in the log");
        Assert.NotEmpty(await served.AskAsync("GET hosts\nColumns: name\n"));
    }

    /// <summary>A port that was free a moment ago.</summary>
    private static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address);
        return socket;
    }

    private static async Task<string> ReadOrNothingAsync(Socket client)
    {
        try
        {
            return await ServedLivestatus.ReadToEndAsync(new NetworkStream(client));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
