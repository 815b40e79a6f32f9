using Compeer.Engine;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Flapping;

/// <summary>Flapping from the files to the log.</summary>
public sealed class FlappingTests : MainVariableHarness
{
    private const string On = "enable_flap_detection=1";
    private static readonly string Quick = Objects.Replace("max_check_attempts 3", "max_check_attempts 1", StringComparison.Ordinal);

    [Theory]
    [Trait("Variable", "enable_flap_detection")]
    [InlineData(On, 1)]
    [InlineData("enable_flap_detection=0", 0)]
    [InlineData("", 0)]
    public void Service_ThatChangesEachTime_BeginsToFlapOnce(string main, int lines)
    {
        var engine = Start(main, Quick);
        Run(engine, "HTTP", "0202020202");
        Assert.Equal(lines, FlappingLines().Count());
        Assert.Equal(lines == 1, engine[Site.Id("web1", "HTTP")].IsFlapping);
    }

    [Fact]
    public void Service_StartedAndStopped_SaysSoAsNaemonDoes()
    {
        var engine = Start(On, Quick);
        Run(engine, "HTTP", "02020202" + "0000000000000000000");
        Assert.Equal(
            [
                "SERVICE FLAPPING ALERT: web1;HTTP;STARTED; Service appears to have started flapping (35.5% change >= 30.0% threshold)",
                "SERVICE FLAPPING ALERT: web1;HTTP;STOPPED; Service appears to have stopped flapping (16.3% change < 20.0% threshold)",
            ],
            FlappingLines());
        Assert.False(engine[Site.Id("web1", "HTTP")].IsFlapping);
    }

    [Fact]
    public void Host_Started_SaysSoAsNaemonDoes()
    {
        var engine = Start(On, Quick);
        Run(engine, "web1", "02020202");
        Assert.Equal(
            ["HOST FLAPPING ALERT: web1;STARTED; Host appears to have started flapping (35.5% change > 30.0% threshold)"], FlappingLines());
    }

    [Fact]
    public void SoftProblems_OfServicesDoNotCount_OfHostsDo()
    {
        var engine = Start(On);
        Run(engine, "HTTP", "02020202020202");
        Assert.Empty(FlappingLines());
        Run(engine, "web1", "02020202");
        Assert.Single(FlappingLines());
    }

    [Theory]
    [InlineData("flap_detection_options o", false)]
    [InlineData("flap_detection_options o,c", true)]
    [InlineData("flap_detection_options w,u", false)]
    [InlineData("flap_detection_enabled 0", false)]
    [InlineData("high_flap_threshold 70", false)]
    [InlineData("high_flap_threshold 5\nlow_flap_threshold 2", true)]
    public void Directives_OfTheObject_Decide(string directive, bool flaps)
    {
        const string Name = "service_description HTTP";
        var engine = Start(On, Quick.Replace(Name, $"{Name}\n{directive}", StringComparison.Ordinal));
        Run(engine, "HTTP", "0202020202");
        Assert.Equal(flaps, engine[Site.Id("web1", "HTTP")].IsFlapping);
    }

    [Theory]
    [Trait("Variable", "low_service_flap_threshold")]
    [Trait("Variable", "high_service_flap_threshold")]
    [Trait("Variable", "low_host_flap_threshold")]
    [Trait("Variable", "high_host_flap_threshold")]
    [InlineData("", "30.0 20.0", "30.0 20.0")]
    [InlineData("low_service_flap_threshold=10\nhigh_service_flap_threshold=12.5", "12.5 10.0", "30.0 20.0")]
    [InlineData("low_host_flap_threshold=11\nhigh_host_flap_threshold=13", "30.0 20.0", "13.0 11.0")]
    public void Thresholds_OfTheMainConfiguration_AreInTheLines(string main, string service, string host)
    {
        var engine = Start($"{On}\n{main}", Quick);
        foreach ((var name, var thresholds) in ((string, string)[])[("HTTP", service), ("web1", host)])
        {
            Run(engine, name, "02020202" + "0000000000000000000000");
            var kind = name == "HTTP" ? "SERVICE" : "HOST";
            var lines = FlappingLines().Where(line => line.StartsWith(kind, StringComparison.Ordinal));
            Assert.Equal(thresholds.Split(' '), lines.Select(line => line.Split('(')[1].Split(' ')[^2].TrimEnd('%')));
        }
    }

    [Fact]
    public void Detection_TurnedOffByAReload_EndsFlapping()
    {
        var engine = Start(On, Quick);
        Run(engine, "HTTP", "02020202");
        Output.Clear();
        var off = Load("enable_flap_detection=0", Quick);
        var after = new EngineConfiguration(off.Main!, off.Objects!, Site.Zone);
        engine.TakeUp(Clock.Now, Compeer.Engine.Site.EngineChange.Prepare(Site, after), Output);
        Assert.Equal(["SERVICE FLAPPING ALERT: web1;HTTP;DISABLED; Flap detection has been disabled"], FlappingLines());
        Assert.False(Assert.Single(Output.Changes).After.IsFlapping);
    }

    private IEnumerable<string> FlappingLines() => Output.Lines().Where(line => line.Contains(" FLAPPING ", StringComparison.Ordinal));

    private void Run(MonitoringEngine engine, string name, string codes)
    {
        foreach (var code in codes)
        {
            Finish(engine, name, code - '0');
        }
    }
}
