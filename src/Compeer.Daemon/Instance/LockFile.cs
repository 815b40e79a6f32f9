using System.Globalization;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Instance;

/// <summary>
/// The <c>lock_file</c> of the main configuration: the process id, for scripts that look for it there. It keeps nobody
/// out (<see cref="InstanceLock"/> does), so that a folder that is missing is a warning only.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private readonly string _file;

    public LockFile(string file, DaemonLog log)
    {
        _file = file;
        try
        {
            File.WriteAllText(file, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"lock_file {file} cannot be written: {SystemError.Words(exception)}");
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StandardError.Write($"mond: lock_file {_file} cannot be removed: {SystemError.Words(exception)}");
        }
    }
}
