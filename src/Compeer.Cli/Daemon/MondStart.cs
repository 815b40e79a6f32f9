namespace Compeer.Cli.Daemon;

/// <summary>What came of starting the daemon.</summary>
/// <param name="Ready">Whether it said that it is ready.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="ExitCode">Its exit code when it ended; null when it went on, or did not answer in time.</param>
internal sealed record MondStart(bool Ready, int Pid, int? ExitCode);
