using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Http;

/// <summary>What came of the test of a check, for people and programs.</summary>
internal static class CheckTestView
{
    private const int Unknown = 3;

    /// <summary>Makes it.</summary>
    /// <param name="node">Where it was.</param>
    /// <param name="answer">What came of it.</param>
    public static CheckTestResult Make(string node, CheckTestAnswer answer)
    {
        var text = ConfigurationText.Decode(answer.Output.Span);
        return answer.Outcome switch
        {
            CheckTestOutcome.Exited => Result(answer.Code, text, ""),
            CheckTestOutcome.Signalled => Result(Unknown, text, $"signal {answer.Code} ended the plugin"),
            CheckTestOutcome.TimedOut => Result(
                Unknown, text, string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"the plugin was killed at its time limit, after {answer.Duration.TotalSeconds:0.00} s")),
            CheckTestOutcome.NotStarted => Result(Unknown, text, $"the plugin could not be started: {SystemError.Words(answer.Code)}"),
            _ => new CheckTestResult(node, Unknown, "", text, StartedAt: null, ExecutionTime: 0),
        };

        CheckTestResult Result(int code, string output, string problem) =>
            new(node, code, output, problem, answer.StartedAt, answer.Duration.TotalSeconds);
    }
}
