using Compeer.Api;
using Compeer.Daemon.Links;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --print-key</c>: this node's public key, made when absent.</summary>
internal static class PrintKeyCommand
{
    public static int Run(MonitorPaths paths)
    {
        using var key = NodeKey.LoadOrCreate(NodeKey.FileIn(paths));
        Console.Out.Write(key.Pin.ToPem());
        return ExitCodes.Success;
    }
}
