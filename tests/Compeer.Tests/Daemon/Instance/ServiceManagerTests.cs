using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Compeer.Daemon.Instance;

namespace Compeer.Tests.Daemon.Instance;

/// <summary>The environment is the process's, so these run one after the other.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        foreach (var variable in (string[])["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"])
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Manager_WithASocket_IsToldInItsWords(bool isAbstract)
    {
        var name = isAbstract ? "@" + _folder.File("notify") : _folder.File("notify");
        using var socket = Listen(name);
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", "3000000");
        Environment.SetEnvironmentVariable("WATCHDOG_PID", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        using var manager = ServiceManager.FromEnvironment();

        Assert.Equal(TimeSpan.FromSeconds(3), manager.Watchdog);
        manager.Ready();
        Assert.Equal("READY=1", Read(socket));
        manager.Reloading();
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$", Read(socket));
        manager.StillWell();
        Assert.Equal("WATCHDOG=1", Read(socket));
        manager.Stopping();
        Assert.Equal("STOPPING=1", Read(socket));
        Assert.Null(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
        Assert.Null(Environment.GetEnvironmentVariable("WATCHDOG_USEC"));
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData(null, "0")]
    [InlineData(null, "-5")]
    [InlineData(null, "soon")]
    public void Watchdog_OfAnotherProcessOrWithoutATime_IsNone(string? process, string? time)
    {
        using var socket = Listen(_folder.File("notify"));
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", time ?? "3000000");
        Environment.SetEnvironmentVariable("WATCHDOG_PID", process);

        using var manager = ServiceManager.FromEnvironment();

        Assert.Null(manager.Watchdog);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("relative")]
    [InlineData("/nonexistent/notify")]
    public void Manager_ThatIsNotThere_IsToldNothingAndNothingFails(string? address)
    {
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", address);
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", "3000000");
        using var manager = ServiceManager.FromEnvironment();

        manager.Ready();

        Assert.Null(manager.Watchdog);
    }

    [Fact]
    public void Manager_ThatGoesAway_EndsNothing()
    {
        var socket = Listen(_folder.File("notify"));
        using var manager = ServiceManager.FromEnvironment();
        socket.Dispose();

        manager.Ready();
        manager.Stopping();
    }

    private static Socket Listen(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", name);
        return socket;
    }

    private static string Read(Socket socket)
    {
        var buffer = new byte[200];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
