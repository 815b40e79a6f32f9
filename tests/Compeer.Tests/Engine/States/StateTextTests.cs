using System.Text;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Tests.Engine.States;

/// <summary>The text of a state is kept as long as checks say the same, also where what they say is not what is kept.</summary>
public sealed class StateTextTests
{
    [Theory]
    [InlineData("fine", "fine")]
    [InlineData("a;b;c", "a:b:c")]
    [InlineData(";", ":")]
    [InlineData(";;x", "::x")]
    [InlineData("", "")]
    public void Of_TheSameAgain_IsTheSameMemory(string output, string kept)
    {
        var first = StateText.Of(Reading(output), CheckState.Pending(0));
        Assert.Equal(kept, Output(first));
        Assert.Equal(first.Text, StateText.Of(Reading(output), After(first)).Text);
    }

    [Theory]
    [InlineData("a;b;c", "a;b;d")]
    [InlineData("a;b;c", "a;x;c")]
    [InlineData("a;b", "a;;")]
    [InlineData("a;b", "axb")]
    [InlineData("axb", "a;b")]
    [InlineData("a;b", "xb;")]
    [InlineData("fine", "fin")]
    [InlineData("fine", "finer")]
    public void Of_AnotherOutput_IsThat(string before, string output)
    {
        var second = StateText.Of(Reading(output), After(StateText.Of(Reading(before), CheckState.Pending(0))));
        Assert.Equal(output.Replace(';', ':'), Output(second));
    }

    [Theory]
    [InlineData("long", "p=1", "longer", "p=1")]
    [InlineData("long", "p=1", "lung", "p=1")]
    [InlineData("long", "p=1", "long", "p=2")]
    [InlineData("long", "p=1", "lon", "gp=1")]
    public void Of_AnotherLongOutputOrPerformanceData_IsThat(string longBefore, string dataBefore, string longOutput, string data)
    {
        var first = StateText.Of(Reading("x", longBefore, dataBefore), CheckState.Pending(0));
        var second = StateText.Of(Reading("x", longOutput, data), After(first));
        Assert.Equal(
            ("x" + longOutput + data, 1, longOutput.Length),
            (Encoding.ASCII.GetString(second.Text.Span), second.OutputLength, second.LongOutputLength));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Of_MoreThanAStateMayHave_IsCut(int more, int cut)
    {
        var part = new string('o', EngineLimits.TextPart + more);
        var text = StateText.Of(Reading(part, part, part), CheckState.Pending(0));
        Assert.Equal((EngineLimits.TextPart, EngineLimits.TextPart), (text.OutputLength, text.LongOutputLength));
        Assert.Equal(3 * (part.Length - cut), text.Text.Length);
    }

    private static CheckReading Reading(string output, string longOutput = "", string data = "") => new(
        0, Encoding.ASCII.GetBytes(output), Encoding.ASCII.GetBytes(longOutput), Encoding.ASCII.GetBytes(data), ReadingWarning.None, 0);

    private static CheckState After(StateText text) => CheckState.Pending(0) with
    {
        Text = text.Text,
        OutputLength = text.OutputLength,
        LongOutputLength = text.LongOutputLength,
    };

    private static string Output(StateText text) => Encoding.ASCII.GetString(text.Text.Span[..text.OutputLength]);
}
