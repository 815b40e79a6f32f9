using System.Text;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Tests.Engine.States;

public sealed class ResultReaderTests
{
    public static TheoryData<CheckOutcome, int, string, int, string, bool> ServiceCases => new()
    {
        { CheckOutcome.Exited, 0, "fine", 0, "fine", false },
        { CheckOutcome.Exited, 1, "so so", 1, "so so", false },
        { CheckOutcome.Exited, 2, "bad", 2, "bad", false },
        { CheckOutcome.Exited, 3, "who knows", 3, "who knows", false },
        { CheckOutcome.Exited, 0, "", 0, "(No output returned from plugin)", false },
        { CheckOutcome.Exited, 4, "x", 2, "(Return code of 4 is out of bounds)", true },
        { CheckOutcome.Exited, 126, "x", 2, "(Return code of 126 is out of bounds - plugin may not be executable)", true },
        { CheckOutcome.Exited, 127, "x", 2, "(Return code of 127 is out of bounds - plugin may be missing)", true },
        { CheckOutcome.Exited, 255, "x", 2, "(Return code of 255 is out of bounds)", true },
        { CheckOutcome.Exited, -1, "x", 2, "(Return code of -1 is out of bounds)", true },
        { CheckOutcome.Signalled, 11, "half of", 3, "half of", false },
        { CheckOutcome.Signalled, 9, "", 3, "(No output returned from plugin)", false },
        { CheckOutcome.TimedOut, 0, "half of", 2, "(Service check timed out after 10.01 seconds)", false },
        {
            CheckOutcome.NotStarted, 2, "", 2,
            "(No output on stdout) stderr: execvp(/p/check, ...) failed. errno is 2: No such file or directory", false
        },
        { CheckOutcome.NotStarted, 13, "", 2, "(Return code of 126 is out of bounds - plugin may not be executable)", true },
        { CheckOutcome.NotStarted, 11, "", 2, "(Service check did not exit properly)", true },
        { CheckOutcome.NotStarted, 24, "", 2, "(Service check did not exit properly)", true },
        {
            CheckOutcome.NotStarted, 99, "", 2,
            "(No output on stdout) stderr: execvp(/p/check, ...) failed. errno is 99: Unknown error 99", false
        },
    };

    [Theory]
    [MemberData(nameof(ServiceCases))]
    public void Service_EachOutcome_StateAndTextAreNaemons(
        CheckOutcome outcome, int code, string output, int state, string text, bool isLogged)
    {
        var reading = ResultReader.Service(Results.Ended(outcome, code, 10.007, output), "/p/check", timeoutState: 2);
        Assert.Equal(state, reading.State);
        Assert.Equal(text, reading.Output.Text());
        Assert.Equal(isLogged, reading.Warning != ReadingWarning.None);
    }

    [Theory]
    [InlineData(CheckOutcome.Exited, 0, "", 0, "(No output returned from host check)")]
    [InlineData(CheckOutcome.Exited, 2, "PING CRITICAL", 2, "PING CRITICAL")]
    [InlineData(CheckOutcome.Exited, 126, "", 2, "(Return code of 126 is out of bounds - plugin may be missing)")]
    [InlineData(CheckOutcome.Exited, 127, "", 2, "(Return code of 127 is out of bounds - plugin may be missing)")]
    [InlineData(CheckOutcome.Exited, 77, "", 2, "(Return code of 77 is out of bounds)")]
    [InlineData(CheckOutcome.TimedOut, 0, "", 3, "(Host check timed out after 30.00 seconds)")]
    [InlineData(CheckOutcome.NotStarted, 12, "", 2, "(Host check did not exit properly)")]
    [InlineData(CheckOutcome.NotStarted, 13, "", 2, "(Return code of 126 is out of bounds - plugin may be missing)")]
    public void Host_EachOutcome_StateAndTextAreNaemons(CheckOutcome outcome, int code, string output, int state, string text)
    {
        var reading = ResultReader.Host(Results.Ended(outcome, code, 30, output), "/p/check");
        Assert.Equal(state, reading.State);
        Assert.Equal(text, reading.Output.Text());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(26)]
    [InlineData(36)]
    [InlineData(40)]
    [InlineData(99)]
    public void Service_NotStarted_NamesTheErrorAsTheSystemDoes(int error)
    {
        var words = error == 99 ? "Unknown error 99" : System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error);
        Assert.EndsWith(
            $" errno is {error}: {words}",
            ResultReader.Service(Results.Ended(CheckOutcome.NotStarted, error, 0), "/p/check", timeoutState: 2).Output.Text(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Service_TimedOut_StateIsTheConfiguredOne(int state) =>
        Assert.Equal(state, ResultReader.Service(Results.Ended(CheckOutcome.TimedOut, 0, 1), "x", (byte)state).State);

    [Fact]
    public void Service_OnlyPerformanceData_OutputStaysEmpty()
    {
        var result = new CheckResult(CheckOutcome.Exited, 0, default, default, "a=1"u8.ToArray(), TestClock.Epoch, default);
        var reading = ResultReader.Service(result, "x", 2);
        Assert.True(reading.Output.IsEmpty);
        Assert.Equal("a=1", reading.PerformanceData.Text());
    }

    [Theory]
    [InlineData("/usr/lib/check_x -H a", "/usr/lib/check_x")]
    [InlineData("  'my check' -x", "my check")]
    [InlineData("\"a b\"c d", "a bc")]
    [InlineData("", "")]
    public void ProgramName_CommandLine_IsItsFirstWord(string line, string expected) =>
        Assert.Equal(expected, ProgramName.Of(Encoding.UTF8.GetBytes(line)));
}
