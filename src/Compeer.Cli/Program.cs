using System.Text;
using Compeer.Api;
using Compeer.Cli;
using Compeer.Cli.Daemon;
using Compeer.Cli.Output;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
MonitorPaths paths = MonitorPaths.FromPrefix(Environment.GetEnvironmentVariable(MonitorPaths.PrefixVariable));
using var client = new MonitoringClient(paths.ApiSocket, MonitoringClient.DefaultTimeout);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

var context = new CommandContext(
    paths,
    output,
    error,
    Palette.ForStandardOutput(),
    client,
    new Mond(paths, MondCommandLine.Find),
    new DaemonProcess(paths.PidFile, TimeProvider.System),
    TimeProvider.System);
return await new MonApplication(CommandTable.All).RunAsync(args, context, interrupted.Token).ConfigureAwait(false);
