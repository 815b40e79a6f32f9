namespace Compeer.Tests.Engine.States;

/// <summary>Stalking of what checks say: another text in the same state is told of.</summary>
public sealed class StalkingTests : MainVariableHarness
{
    [Theory]
    [InlineData("", 0, "two", 0)]
    [InlineData("stalking_options o", 0, "one", 0)]
    [InlineData("stalking_options o", 0, "two", 1)]
    [InlineData("stalking_options o", 0, "one\nmore", 1)]
    [InlineData("stalking_options w,c,u", 0, "two", 0)]
    [InlineData("stalking_options w", 1, "two", 1)]
    [InlineData("stalking_options c", 2, "two", 1)]
    [InlineData("stalking_options u", 3, "two", 1)]
    [InlineData("stalking_options o,w,u", 2, "two", 0)]
    public void Service_SaysSomethingElse_IsToldWhereStalked(string directive, int code, string output, int lines)
    {
        var objects = Objects.Replace("service_description HTTP", $"service_description HTTP\n  {directive}", StringComparison.Ordinal);
        Assert.Equal(lines, AlertsOfAnother("HTTP", objects, code, output));
    }

    [Theory]
    [InlineData("", 2, 0)]
    [InlineData("stalking_options o", 0, 1)]
    [InlineData("stalking_options d", 2, 1)]
    [InlineData("stalking_options o,u", 2, 0)]
    public void Host_SaysSomethingElse_IsToldWhereStalked(string directive, int code, int lines)
    {
        const string Name = "  host_name web1\n";
        var objects = Objects.Replace($"{Name}  check_command", $"{Name}  {directive}\n  check_command", StringComparison.Ordinal);
        Assert.Equal(lines, AlertsOfAnother("web1", objects, code, "two"));
    }

    /// <summary>Lines that a check adds which finds the same state as those before, the last of them hard.</summary>
    private int AlertsOfAnother(string name, string objects, int code, string output)
    {
        var engine = Start("", objects);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            Finish(engine, name, code, "one");
        }

        Output.Clear();
        Finish(engine, name, code, output);
        return Output.Lines().Count(line => line.Contains(" ALERT: ", StringComparison.Ordinal));
    }
}
