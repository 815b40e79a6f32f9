using Compeer.Cli.Plugins;

namespace Compeer.Tests.Cli.Plugins;

/// <summary>The ranges of the Monitoring Plugins guidelines, and op5's numbers.</summary>
public sealed class ThresholdTests
{
    [Theory]
    [InlineData("10", "10", new[] { 10, 11.0 }, new[] { -1, 0, 9.9 })]
    [InlineData("10:", "10:", new[] { -5, 9.9 }, new[] { 10, 1e9 })]
    [InlineData("~:10", "~:10", new[] { 10.1 }, new[] { -1e9, 10 })]
    [InlineData(":10", "10", new[] { -0.1, 10.1 }, new[] { 0, 10.0 })]
    [InlineData("10:20", "10:20", new[] { 9, 21.0 }, new[] { 10, 20.0 })]
    [InlineData("@10:20", "@10:20", new[] { 10, 15, 20.0 }, new[] { 9.9, 20.1 })]
    [InlineData("@10", "@0:10", new[] { 0, 10.0 }, new[] { -1, 10.5 })]
    [InlineData("0.5", "0.5", new[] { 0.5 }, new[] { 0.49 })]
    [InlineData("~:", "~:", new double[0], new[] { -1e9, 1e9 })]
    public void IsMetBy_Range_IsAsTheGuidelinesHaveIt(string text, string shown, double[] problems, double[] fine)
    {
        var threshold = Threshold.Parse(text, out var fault)!;

        Assert.Equal("", fault);
        Assert.Equal(shown, threshold.ToString());
        Assert.All(problems, value => Assert.True(threshold.IsMetBy(value), $"{value} is no problem of {text}"));
        Assert.All(fine, value => Assert.False(threshold.IsMetBy(value), $"{value} is a problem of {text}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("x")]
    [InlineData("1:2:3")]
    [InlineData("~")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("1:~")]
    [InlineData("20:10")]
    [InlineData("1e400")]
    public void Parse_Nonsense_SaysWhatWouldBeRight(string text)
    {
        Assert.Null(Threshold.Parse(text, out var fault));
        Assert.Contains($"\"{text}\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_OfAnEndWithoutLimit_StaysWithoutOne()
    {
        var none = Threshold.Parse("~:1", out _)!.Times(0);

        Assert.False(none.IsMetBy(0));
        Assert.True(none.IsMetBy(1));
        Assert.Equal("~:0", none.ToString());
    }

    [Fact]
    public void AsMost_Number_IsAProblemWhenItIsExceeded()
    {
        var most = Threshold.From(5).AsMost();

        Assert.False(most.IsMetBy(5));
        Assert.True(most.IsMetBy(6));
        Assert.Equal("5", most.ToString());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("300", 300)]
    [InlineData("5m", 300)]
    [InlineData("2H", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("1w", 604800)]
    public void Age_Text_IsSeconds(string text, long seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PluginAge.Parse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("m")]
    [InlineData("1y")]
    [InlineData("99999999999999999999")]
    [InlineData("9999999999w")]
    public void Age_Nonsense_IsRefused(string text) => Assert.Null(PluginAge.Parse(text, out _));

    [Theory]
    [InlineData("simple", "simple=1.5;2;@3:4;0;10")]
    [InlineData("it's a|b=c", "'it''s a/b_c'=1.5;2;@3:4;0;10")]
    public void PerformanceValue_Label_IsQuotedWhenItMustBe(string label, string expected) =>
        Assert.Equal(
            expected,
            new PerformanceValue(
                label, 1.5, new Thresholds(Threshold.From(2), Threshold.Parse("@3:4", out _)!), Minimum: 0, Maximum: 10).ToString());

    [Fact]
    public void PerformanceValue_NothingKnown_HasNoSemicolons() => Assert.Equal("n=3", new PerformanceValue("n", 3).ToString());

    [Fact]
    public void Write_BarsAndNewlinesInText_DoNotBecomePerformanceData()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var result = new PluginResult(PluginState.Critical, "a|b\nc") { Performance = [new("n", 1)], Details = ["d|e\r\nf"] };

        Assert.Equal(2, result.Write(output));
        Assert.Equal("CRITICAL: a/b c|n=1\nd/e f\n", output.ToString());
    }
}
