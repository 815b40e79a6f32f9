namespace Compeer.EndToEnd.Harness;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ProgramResult(string Command, int ExitCode, string Output, string Error, TimeSpan Duration)
{
    /// <summary>Both streams, for conditions that do not care which.</summary>
    public string Text => Output + Error;

    /// <summary>Fails the test unless the exit code is the expected one.</summary>
    public ProgramResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {exitCode} expected of {this}");
        return this;
    }

    public override string ToString() =>
        $"{Command} (exit code {ExitCode} after {Duration.TotalSeconds:0.0} s)\n--- stdout:\n{Output}\n--- stderr:\n{Error}";
}
