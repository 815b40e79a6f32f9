namespace Compeer.Cli.Limits;

/// <summary>One thing about the machine that matters to mond.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Summary">What is looked at; one line.</param>
/// <param name="Look">Looks.</param>
internal sealed record SystemCheck(string Name, string Summary, Func<SystemReading, SystemFinding> Look);
