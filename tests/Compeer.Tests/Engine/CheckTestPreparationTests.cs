namespace Compeer.Tests.Engine;

/// <summary>What is run when somebody tests a check.</summary>
public sealed class CheckTestPreparationTests : MainVariableHarness
{
    [Fact]
    public void Prepare_Service_IsItsOwnCheckAsItWouldBeRunNow()
    {
        var engine = Start("service_check_timeout=17", Objects.Replace(
            "command_line plugin", "command_line plugin $HOSTNAME$ $SERVICEDESC$", StringComparison.Ordinal));
        var due = engine.NextCheck(Site.Id("web1", "HTTP"));

        var check = engine.Tests.Prepare(Clock.Now, "web1", "HTTP", out var problem)!.Value;

        Assert.Equal("", problem);
        Assert.Equal("plugin web1 HTTP", check.CommandLine.Text());
        Assert.Equal((Site.Id("web1", "HTTP"), TimeSpan.FromSeconds(17)), (check.Id, check.Timeout));
        Assert.Equal(due, engine.NextCheck(check.Id));
        Assert.False(engine.IsRunning(check.Id));
        Assert.Equal(Site.Id("web1"), engine.Tests.Prepare(Clock.Now, "web1", null, out _)!.Value.Id);
    }

    [Fact]
    public void Prepare_CheckThatIsOff_IsMade()
    {
        var engine = Start("execute_service_checks=0");
        Assert.NotNull(engine.Tests.Prepare(Clock.Now, "web1", "HTTP", out _));
    }

    [Theory]
    [InlineData("nobody", null, "there is no host 'nobody'")]
    [InlineData("nobody", "HTTP", "there is no host 'nobody'")]
    [InlineData("web1", "FTP", "host 'web1' has no service 'FTP'")]
    public void Prepare_ObjectThatIsNotThere_IsSaid(string host, string? service, string expected)
    {
        Assert.Null(Start("").Tests.Prepare(Clock.Now, host, service, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Prepare_HostOfABlockedGroup_IsRefused()
    {
        var engine = Start("", Objects + "define hostgroup {\nhostgroup_name fenced\nmembers web1\n}\n");
        engine.Block(["fenced"]);
        Assert.Null(engine.Tests.Prepare(Clock.Now, "web1", "HTTP", out var problem));
        Assert.StartsWith("it is in a host group of ipc_blocked_hostgroups", problem, StringComparison.Ordinal);
    }
}
