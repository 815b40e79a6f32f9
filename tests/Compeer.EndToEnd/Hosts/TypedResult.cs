namespace Compeer.EndToEnd.Hosts;

/// <summary>What came of a typed line.</summary>
/// <param name="Line">The line.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Shown">What the terminal showed below it, without the next prompt.</param>
/// <param name="Duration">How long that took.</param>
internal sealed record TypedResult(string Line, int ExitCode, string Shown, TimeSpan Duration)
{
    /// <summary>Fails the test unless the exit code is the expected one.</summary>
    public TypedResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {exitCode} expected of {this}");
        return this;
    }

    public override string ToString() =>
        $"\"{Line}\" (exit code {ExitCode} after {Duration.TotalSeconds:0.0} s)\n{Shown}";
}
