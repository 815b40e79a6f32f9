using Compeer.Api;
using Compeer.Daemon.Nrdp;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Passive;

namespace Compeer.Tests.Daemon.Passive;

/// <summary>Ways in that settings files turn on, off and over.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PassiveWaysTests : IAsyncLifetime
{
    private readonly PassiveSite _site = new();
    private readonly MonitorPaths _paths;
    private readonly NscaWay _nsca;
    private readonly NrdpWay _nrdp;

    public PassiveWaysTests()
    {
        _paths = MonitorPaths.FromPrefix(_site.Folder.Path);
        Directory.CreateDirectory(_paths.ConfigurationFolder);
        Directory.CreateDirectory(_paths.VariableFolder);
        _nsca = new NscaWay(_paths, _site.Desk, _site.Log, TimeProvider.System);
        _nrdp = new NrdpWay(_paths, _site.Desk, _site.Log, TimeProvider.System);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _nsca.DisposeAsync();
        await _nrdp.DisposeAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task Start_WithoutSettings_TurnsNothingOn()
    {
        await using var ways = new PassiveWays([_nsca, _nrdp], TimeProvider.System);
        await ways.StartAsync();
        Assert.Empty(ways.Status);
        Assert.Empty(ways.Counters);
        Assert.Equal("", _site.LogText);
    }

    [Fact]
    public async Task Settings_ThatComeChangeAndGo_TurnTheWayOnOverAndOff()
    {
        await using var ways = new PassiveWays([_nsca, _nrdp], TimeProvider.System);
        await ways.StartAsync();
        Write(_paths.NscaConfiguration, "password=geheim\ndecryption_method=14\nserver_address=127.5.6.7\nserver_port=5667\n");
        Await(() => ways.Status is [{ Name: "nsca", Address: "127.5.6.7:5667", Problem: null }]);
        Write(_paths.NscaConfiguration, "password=geheim\ndecryption_method=1\nserver_address=127.5.6.8\n");
        Await(() => ways.Status is [{ Address: "127.5.6.8:5667" }]);
        Assert.Contains("(XOR) does not keep anybody", _site.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", _site.LogText, StringComparison.Ordinal);
        File.Delete(_paths.NscaConfiguration);
        Await(() => ways.Status is []);
        Assert.Contains("nsca is off", _site.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_WithErrors_LeaveWhatWas()
    {
        Write(_paths.NscaConfiguration, "password=geheim\ndecryption_method=14\nserver_address=127.5.6.9\n");
        await _nsca.FollowAsync(isChanged: true);
        Write(_paths.NscaConfiguration, "password=geheim\ndecryption_method=99\n");
        await _nsca.FollowAsync(isChanged: true);
        await _nsca.FollowAsync(isChanged: false);
        Assert.Equal("127.5.6.9:5667", _nsca.Status!.Address);
        Assert.Contains("has errors", _nsca.Status.Problem, StringComparison.Ordinal);
        Assert.Contains("nsca.cfg:2: decryption_method", _site.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatIsTaken_IsToldOnceAndTriedAgain()
    {
        using var taken = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        taken.Bind(System.Net.IPEndPoint.Parse("127.5.6.10:5667"));
        taken.Listen();
        Write(_paths.NscaConfiguration, "password=geheim\ndecryption_method=14\nserver_address=127.5.6.10\n");
        await _nsca.FollowAsync(isChanged: true);
        await _nsca.FollowAsync(isChanged: false);
        const string Problem = "nsca cannot listen on 127.5.6.10:5667: another program has that address and port already";
        Assert.Equal((null, Problem), (_nsca.Status!.Address, _nsca.Status.Problem));
        Assert.Single(_site.LogText.Split('\n'), line => line.Contains(Problem, StringComparison.Ordinal));
        taken.Dispose();
        await _nsca.FollowAsync(isChanged: false);
        Assert.Equal(("127.5.6.10:5667", null), (_nsca.Status.Address, _nsca.Status.Problem));
    }

    [Fact]
    public async Task Nrdp_WithoutACertificate_MakesOneThatOnlyItsUserMayRead()
    {
        Write(_paths.NrdpConfiguration, "token=0123456789abcdef\nserver_address=127.5.6.11\n");
        await _nrdp.FollowAsync(isChanged: true);
        Assert.Equal(("127.5.6.11:5669", null), (_nrdp.Status!.Address, _nrdp.Status.Problem));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_paths.NrdpCertificate));
        var made = File.ReadAllText(_paths.NrdpCertificate);
        Write(_paths.NrdpConfiguration, "token=0123456789abcdef\nserver_address=127.5.6.11\nserver_port=5670\n");
        await _nrdp.FollowAsync(isChanged: true);
        Assert.Equal("127.5.6.11:5670", _nrdp.Status.Address);
        Assert.Equal(made, File.ReadAllText(_paths.NrdpCertificate));
    }

    [Fact]
    public async Task Nrdp_WithACertificateThatIsNone_SaysSo()
    {
        var certificate = _site.Folder.Write("a.pem", "nothing");
        Write(_paths.NrdpConfiguration, $"token=0123456789abcdef\ncertificate={certificate}\nserver_address=127.5.6.12\n");
        await _nrdp.FollowAsync(isChanged: true);
        Assert.Contains("is no certificate with its key, in PEM", _nrdp.Status!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ThatAreTooLong_AreNotRead()
    {
        Write(_paths.NscaConfiguration, new string('#', SettingsFile.Largest) + "\npassword=geheim\ndecryption_method=14\n");
        await _nsca.FollowAsync(isChanged: true);
        Assert.Contains("has errors", _nsca.Status!.Problem, StringComparison.Ordinal);
        Assert.Contains($"it has more than {SettingsFile.Largest} bytes", _site.LogText, StringComparison.Ordinal);
    }

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, PassiveSite.Patience));

    private static void Write(string path, string text)
    {
        // Whole or not at all: half a file would be read, too.
        File.WriteAllText(path + ".new", text);
        File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(path + ".new", path, overwrite: true);
    }
}
