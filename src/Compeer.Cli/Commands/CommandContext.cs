using Compeer.Api;
using Compeer.Cli.Daemon;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary>Everything a command touches besides its arguments.</summary>
/// <param name="Paths">Where the configuration and the daemon are.</param>
/// <param name="Out">Data: what another program may read.</param>
/// <param name="Error">Words for people.</param>
/// <param name="Palette">Colours of <paramref name="Out"/>.</param>
/// <param name="Client">The running daemon.</param>
/// <param name="Mond">The daemon's program.</param>
/// <param name="Process">The daemon's process.</param>
/// <param name="Time">The clock.</param>
/// <param name="Machine">This machine as other programs, and people, have it.</param>
internal sealed record CommandContext(
    MonitorPaths Paths,
    TextWriter Out,
    TextWriter Error,
    Palette Palette,
    IMonitoringClient Client,
    IMond Mond,
    IDaemonProcess Process,
    TimeProvider Time,
    OwnMachine Machine);
