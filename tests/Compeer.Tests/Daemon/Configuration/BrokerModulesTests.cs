using System.Net;
using Compeer.Daemon.Configuration;
using Compeer.Livestatus.Scope;

namespace Compeer.Tests.Daemon.Configuration;

public sealed class BrokerModulesTests
{
    private const string Module = "broker_module=/usr/lib/naemon/naemon-livestatus/livestatus.so";

    [Fact]
    public void Read_NoLine_IsAsNaemonWithoutOptions()
    {
        (var options, var findings) = Read("");
        Assert.Empty(findings);
        Assert.Null(options.Socket);
        Assert.Null(options.Address);
        Assert.Equal(TimeSpan.FromSeconds(300), options.IdleLimit);
        Assert.Equal(TimeSpan.FromSeconds(10), options.RequestLimit);
        Assert.Equal((AuthorizationMode.Loose, AuthorizationMode.Strict), (options.Limits.Services, options.Limits.Groups));
    }

    [Fact]
    [Trait("Variable", "broker_module")]
    public void Read_EveryOption_HasItsEffect()
    {
        using var folder = new TemporaryFolder();
        (var options, var findings) = Read(
            $"{Module} /run/live inet_addr=127.0.0.1:6557 service_authorization=strict group_authorization=loose idle_timeout=5000 "
            + "query_timeout=0 max_backlog=7 max_response_size=5000 data_encoding=latin1 hidden_custom_var_prefix=SECRET "
            + $"pnp_path={folder.Path}/ tls=on tls_certificate=/etc/c.pem tls_key=/etc/k.pem allow=10.0.0.0/8,192.0.2.7,2001:db8::/32");
        Assert.Empty(findings);
        Assert.Equal("/run/live", options.Socket);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:6557"), options.Address);
        Assert.Equal((AuthorizationMode.Strict, AuthorizationMode.Loose), (options.Limits.Services, options.Limits.Groups));
        Assert.Equal(TimeSpan.FromSeconds(5), options.IdleLimit);
        Assert.Null(options.RequestLimit);
        Assert.Equal(7, options.Backlog);
        Assert.Equal(5000, options.Limits.MaxResponseBytes);
        Assert.True(options.Limits.IsLatin1);
        Assert.Equal("SECRET", options.Limits.HiddenVariables);
        Assert.Equal(folder.Path, options.GraphFolder);
        Assert.Equal((true, "/etc/c.pem", "/etc/k.pem"), (options.IsEncrypted, options.CertificateFile, options.KeyFile));
        Assert.Equal(["10.0.0.0/8", "192.0.2.7/32", "2001:db8::/32"], options.Allowed.Select(network => $"{network}"));
    }

    [Fact]
    public void Read_OptionsThatMeanNothingHere_AreNamedOnce() => Assert.Equal(
        ["broker_module /usr/lib/naemon/naemon-livestatus/livestatus.so: without effect: debug, log_file, thread_stack_size"],
        Read($"{Module} debug=1 log_file=/tmp/x thread_stack_size=65536 idle_timeout=1").Findings);

    [Theory]
    [InlineData("idle_timeout=-1", "a number from 0 to 2147483647 is needed")]
    [InlineData("query_timeout=soon", "a number from 0 to 2147483647 is needed")]
    [InlineData("max_response_size=1", "a number from 1024 to 2147483647 is needed")]
    [InlineData("service_authorization=yes", "strict or loose is needed")]
    [InlineData("data_encoding=ascii", "utf8, latin1 or mixed is needed")]
    [InlineData("pnp_path=/no/such/folder", "there is no such folder")]
    [InlineData("inet_addr=localhost:6557", "an address and a port are needed, as in 127.0.0.1:6557 or [::1]:6557")]
    [InlineData("inet_addr=127.0.0.1:0", "an address and a port are needed, as in 127.0.0.1:6557 or [::1]:6557")]
    [InlineData("allow=10.0.0.0/33", "'10.0.0.0/33' is no address and no network, as 192.0.2.7 and 192.0.2.0/24 are")]
    [InlineData("tls=yes", "on or off is needed")]
    [InlineData("nonsense=1", "there is no such option")]
    public void Read_WrongValue_IsSaid(string option, string said) => Assert.Equal(
        $"broker_module /usr/lib/naemon/naemon-livestatus/livestatus.so: {option}: {said}; it is left out",
        Assert.Single(Read($"{Module} {option}").Findings));

    [Fact]
    public void Read_WithoutAllow_OnlyThisMachineMayConnect()
    {
        (var options, var findings) = Read($"{Module} inet_addr=0.0.0.0:6557");
        Assert.Equal(LivestatusOptions.Loopback, options.Allowed);
        Assert.EndsWith(
            "inet_addr=0.0.0.0:6557: only this machine may connect; allow=ADDRESS,NETWORK/BITS lets others in",
            Assert.Single(findings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OthersWithoutTls_IsSaid() => Assert.EndsWith(
        "what other machines ask and command is not encrypted; tls=on does",
        Assert.Single(Read($"{Module} inet_addr=0.0.0.0:6557 allow=0.0.0.0/0").Findings),
        StringComparison.Ordinal);

    [Fact]
    public void Read_OtherModules_HaveNoEffect()
    {
        (_, var findings) = Read("broker_module=/usr/lib/merlin/merlin.so /opt/monitor/op5/merlin/merlin.conf\n"
            + "broker_module=/usr/lib/mod_gearman/mod_gearman.o config=/etc/g.conf");
        Assert.Equal(
            "broker_module /usr/lib/mod_gearman/mod_gearman.o config=/etc/g.conf: without effect, mond loads no modules",
            Assert.Single(findings));
    }

    private static (LivestatusOptions Livestatus, IReadOnlyList<string> Findings) Read(string main)
    {
        (var options, var findings) = BrokerModules.Read(Compeer.Tests.Configuration.ConfigurationFiles.MainFrom(main));
        return (options, findings);
    }
}
