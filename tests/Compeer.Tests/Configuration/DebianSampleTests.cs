using Compeer.Configuration.Diagnostics;

namespace Compeer.Tests.Configuration;

/// <summary>The sample configuration that Debian installs with nagios4 loads unmodified.</summary>
public sealed class DebianSampleTests
{
    [Fact]
    public void Compile_DebianSample_HasNoErrorAndItsObjects()
    {
        (var main, var objects) = ConfigurationFiles.Load("/etc/nagios4/nagios.cfg");

        Assert.DoesNotContain(main.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain(objects.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.NotNull(objects.Configuration);
        Assert.Equal("localhost", Assert.Single(objects.Configuration.Hosts).Name);
        Assert.Equal(8, objects.Configuration.Services.Length);
        Assert.Equal("/usr/lib/nagios/plugins", objects.Configuration.Resources["USER1"]);
        Assert.Contains(objects.Configuration.Commands, c => c.Name == "check_ping");
        Assert.DoesNotContain("enable_notifications", main.Configuration!.WithoutEffect);
    }
}
