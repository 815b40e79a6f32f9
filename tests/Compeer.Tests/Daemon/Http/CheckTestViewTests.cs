using System.Text;
using Compeer.Cluster.Model;
using Compeer.Daemon.Http;

namespace Compeer.Tests.Daemon.Http;

/// <summary>What came of the test of a check, in words.</summary>
public sealed class CheckTestViewTests
{
    [Theory]
    [InlineData(CheckTestOutcome.Exited, 2, 2, "text", "")]
    [InlineData(CheckTestOutcome.Signalled, 11, 3, "text", "signal 11 ended the plugin")]
    [InlineData(CheckTestOutcome.TimedOut, 0, 3, "text", "the plugin was killed at its time limit, after 1.50 s")]
    [InlineData(CheckTestOutcome.NotStarted, 2, 3, "text", "the plugin could not be started: there is no such file or folder")]
    [InlineData(CheckTestOutcome.Refused, 0, 3, "", "text")]
    public void Make_SaysHowItEnded(CheckTestOutcome outcome, int code, int expected, string output, string problem)
    {
        var answer = new CheckTestAnswer(
            outcome, code, Encoding.UTF8.GetBytes("text"), DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1.5));
        var view = CheckTestView.Make("peer02", answer);
        Assert.Equal(("peer02", expected, output, problem), (view.Node, view.ReturnCode, view.Output, view.Problem));
        Assert.Equal(outcome != CheckTestOutcome.Refused, view.StartedAt is not null);
    }
}
