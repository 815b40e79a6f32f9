namespace Compeer.Tests.Cli;

/// <summary>What a command line did; the test's folder is called PREFIX in it.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error);
