using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>Notifications that dependencies hold back: through several of them, and in their periods only.</summary>
public sealed class DependencyTests : NotificationHarness
{
    private const string Never = "define timeperiod {\n timeperiod_name never\n}\n";
    private static readonly string[] OfWeb1 = ["host_name web1", "check_command check", "max_check_attempts 1", "contacts ada"];

    [Theory]
    [InlineData("", true)]
    [InlineData("dependency_period never", false)]
    public void HostDependency_OutsideItsPeriod_HoldsNothingBack(string period, bool isHeldBack)
    {
        Begin(more: Never
            + Block("host", ["host_name db1", "check_command check", "max_check_attempts 1"], "")
            + Block("hostdependency", ["host_name db1", "dependent_host_name web1", "notification_failure_options d"], period));
        Result("db1", 1);
        Result("web1", 1);
        Assert.Equal(isHeldBack, Told.Length == 0);
    }

    /// <summary>HTTP depends on S1 and that on S2, which has the problem.</summary>
    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("0", "1", false)]
    [InlineData("1", "0", true)]
    public void ServiceDependency_OfAMaster_CountsWhereInherited(string ofHttp, string ofMaster, bool isHeldBack)
    {
        Begin(more: Block("service", OfWeb1, "service_description S1") + Block("service", OfWeb1, "service_description S2")
            + Dependency("S1", "HTTP", ofHttp) + Dependency("S2", "S1", ofMaster));
        Result("S2", 2);
        _ = Told;
        Result("HTTP", 2);
        Assert.Equal(isHeldBack, Told.Length == 0);
        Assert.Equal(isHeldBack, Reason("HTTP") == NotificationReason.DependencyFailure);
    }

    /// <summary>HTTP depends on S1 and S3, which are well; the failing S2 is the master of one of them, and they form a circle.</summary>
    [Theory]
    [InlineData("S1")]
    [InlineData("S3")]
    public void ServiceDependency_OfTwoMastersInACircle_CountsForBoth(string ofFailing)
    {
        string[] names = ["S1", "S2", "S3"];
        var masters = string.Concat(names.Select(name => Block("service", OfWeb1, $"service_description {name}")));
        Begin(main: "allow_circular_dependencies=1", more: masters
            + Dependency("S1", "HTTP", "1") + Dependency("S3", "HTTP", "1") + Dependency("S1", "S3", "1") + Dependency("S3", "S1", "1")
            + Dependency("S2", ofFailing, "1"));
        Result("HTTP", 2);
        Assert.NotEmpty(Told);
        Result("HTTP", 0);
        Result("S2", 2);
        _ = Told;
        Result("HTTP", 2);
        Assert.Empty(Told);
    }

    private static string Dependency(string master, string dependent, string inherits) => Block(
        "servicedependency",
        [
            "host_name web1", $"service_description {master}", "dependent_host_name web1", $"dependent_service_description {dependent}",
            "notification_failure_options c",
        ],
        $"inherits_parent {inherits}");
}
