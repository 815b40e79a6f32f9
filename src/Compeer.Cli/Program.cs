using System.Runtime.InteropServices;
using System.Text;
using Compeer.Api;
using Compeer.Cli;
using Compeer.Cli.Commands;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Platform.Processes;

RuntimeTraces.Remove();
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

// Not disposed: they keep nothing back, and a disk that is full would make the disposal fail a second time.
var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
var paths = MonitorPaths.FromPrefix(Environment.GetEnvironmentVariable(MonitorPaths.PrefixVariable));
using var client = new MonitoringClient(paths.ApiSocket, MonitoringClient.DefaultTimeout);
using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);

var context = new CommandContext(
    paths,
    output,
    error,
    Palette.ForStandardOutput(),
    client,
    new Mond(paths, MondCommandLine.Find, MondCommandLine.Own, ServiceUnit.Find(paths)),
    new DaemonProcess(paths.PidFile, TimeProvider.System),
    TimeProvider.System,
    new OwnMachine(
        new StandardStreams(
            Console.OpenStandardInput(),
            output.BaseStream,
            error.BaseStream,
            IsInputTerminal: !Console.IsInputRedirected,
            IsOutputTerminal: !Console.IsOutputRedirected),
        Environment.MachineName,
        Terminal.IsThere(),
        "ssh"));
try
{
    return await new MonApplication(CommandTable.All).RunAsync(args, context, interrupted.Token).ConfigureAwait(false);
}
catch (Exception fault)
{
    // A fault of mon itself. Its user gets one line; who wants to mend it asks for the rest.
    error.WriteLine(Environment.GetEnvironmentVariable(RuntimeTraces.Keep) is null
        ? $"mon: internal error, {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")} (MON_DEBUG=1 shows where)"
        : $"mon: internal error: {fault}");
    return ExitCodes.Failure;
}

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
