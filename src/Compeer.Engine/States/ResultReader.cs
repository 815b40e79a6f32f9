using System.Globalization;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>
/// The meaning of how a check ended: state and text, word for word as Naemon gives them, because people and scripts
/// search for them. Sources: Naemon's handling of results in <c>checks_service.c</c> and <c>checks_host.c</c>, and its
/// workers' start of commands in <c>runcmd.c</c>.
/// </summary>
internal static class ResultReader
{
    private const int NoSuchFile = 2;
    private const int TryAgain = 11;
    private const int OutOfMemory = 12;
    private const int PermissionDenied = 13;
    private const int TooManyFilesInSystem = 23;
    private const int TooManyFiles = 24;
    private const int NotExecutableCode = 126;
    private const int MissingCode = 127;

    /// <summary>The reading of a service's result.</summary>
    /// <param name="result">What came back.</param>
    /// <param name="program">The program that was to be run, for one that could not be started.</param>
    /// <param name="timeoutState"><c>service_check_timeout_state</c>.</param>
    public static CheckReading Service(in CheckResult result, string program, byte timeoutState) => result.Outcome switch
    {
        CheckOutcome.TimedOut => Made(timeoutState, $"(Service check timed out after {Seconds(result.Duration)} seconds)"),
        CheckOutcome.NotStarted => NotStarted(result.ReturnCode, program, "(Service check did not exit properly)", isHost: false),
        CheckOutcome.Signalled => AsWritten(result, PluginState.Unknown, "(No output returned from plugin)"u8),
        _ when result.ReturnCode is < PluginState.Ok or > PluginState.Unknown => OutOfBounds(result.ReturnCode, isHost: false),
        _ => AsWritten(result, (byte)result.ReturnCode, "(No output returned from plugin)"u8),
    };

    /// <summary>The reading of a host's result; its state is still a plugin's.</summary>
    public static CheckReading Host(in CheckResult result, string program) => result.Outcome switch
    {
        CheckOutcome.TimedOut => Made(PluginState.Unknown, $"(Host check timed out after {Seconds(result.Duration)} seconds)"),
        CheckOutcome.NotStarted => NotStarted(result.ReturnCode, program, "(Host check did not exit properly)", isHost: true),
        CheckOutcome.Signalled => AsWritten(result, PluginState.Unknown, "(No output returned from host check)"u8),
        _ when result.ReturnCode is < PluginState.Ok or > PluginState.Unknown => OutOfBounds(result.ReturnCode, isHost: true),
        _ => AsWritten(result, (byte)result.ReturnCode, "(No output returned from host check)"u8),
    };

    private static CheckReading AsWritten(in CheckResult result, byte state, ReadOnlySpan<byte> whenEmpty)
    {
        var isEmpty = result.Output.IsEmpty && result.LongOutput.IsEmpty && result.PerformanceData.IsEmpty;
        var output = isEmpty ? whenEmpty.ToArray() : result.Output;
        return new CheckReading(state, output, result.LongOutput, result.PerformanceData, ReadingWarning.None, result.ReturnCode);
    }

    /// <summary>Naemon tells a missing plugin of a service from one that is not executable, for hosts it does not.</summary>
    private static CheckReading OutOfBounds(int code, bool isHost)
    {
        var hint = (code, isHost) switch
        {
            (MissingCode, _) or (NotExecutableCode, true) => " - plugin may be missing",
            (NotExecutableCode, false) => " - plugin may not be executable",
            _ => string.Empty,
        };
        return Made(PluginState.Critical, $"(Return code of {code} is out of bounds{hint})") with
        {
            Warning = ReadingWarning.ReturnCodeOutOfBounds,
            ReturnCode = code,
        };
    }

    /// <summary>
    /// Naemon's workers fork first: a child that cannot execute the plugin says so on stderr and exits with the errno. For a
    /// missing file, 2, that is CRITICAL and that text. Other numbers would become meaningless return codes; a
    /// plugin that may not be executed is reported as the shell does, with 126, and the rest like a missing one.
    /// When this machine has no process or descriptor left, it is no finding about the plugin.
    /// </summary>
    private static CheckReading NotStarted(int error, string program, string noResources, bool isHost) => error switch
    {
        TryAgain or OutOfMemory or TooManyFiles or TooManyFilesInSystem =>
            Made(PluginState.Critical, noResources) with { Warning = ReadingWarning.DidNotExitProperly, ReturnCode = error },
        PermissionDenied => OutOfBounds(NotExecutableCode, isHost),
        _ => Made(
            PluginState.Critical,
            $"(No output on stdout) stderr: execvp({program}, ...) failed. errno is {error}: {ErrorText(error)}"),
    };

    private static CheckReading Made(byte state, string text) =>
        new(state, ConfigurationText.Encode(text), default, default, ReadingWarning.None, 0);

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);

    private static string ErrorText(int error) => error switch
    {
        1 => "Operation not permitted",
        NoSuchFile => "No such file or directory",
        5 => "Input/output error",
        7 => "Argument list too long",
        8 => "Exec format error",
        20 => "Not a directory",
        21 => "Is a directory",
        22 => "Invalid argument",
        26 => "Text file busy",
        36 => "File name too long",
        40 => "Too many levels of symbolic links",
        _ => string.Create(CultureInfo.InvariantCulture, $"Unknown error {error}"),
    };
}
