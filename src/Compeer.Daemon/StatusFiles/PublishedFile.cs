using System.Buffers;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.StatusFiles;

/// <summary>A file that is written again and again for other programs: each time it replaces the one before at once. That it cannot be
/// written is said once, and once more when it can again. One thread at a time.</summary>
/// <param name="variable">The variable that names it, for the log.</param>
/// <param name="log">Where trouble is told of.</param>
internal sealed class PublishedFile(string variable, DaemonLog log)
{
    /// <summary>What a main configuration names to have no such file (Naemon).</summary>
    private const string Nowhere = "/dev/null";

    private string? _problem;

    /// <summary>Where it is; null when it is not wanted.</summary>
    public string? Path { get; private set; }

    /// <summary>Is at another place from now on.</summary>
    /// <returns>Whether that is another place than before.</returns>
    public bool Follow(string? path)
    {
        var wanted = path == Nowhere ? null : path;
        if (wanted == Path)
        {
            return false;
        }

        Path = wanted;
        _problem = null;
        return true;
    }

    /// <summary>Writes it.</summary>
    /// <returns>Whether it is written.</returns>
    /// <exception cref="OperationCanceledException">The writing was given up; what was there before is untouched.</exception>
    public bool Write(Action<IBufferWriter<byte>> write, CancellationToken cancellation)
    {
        var problem = Path is { } path ? Try(path, write, cancellation) : null;
        if (problem is not null && _problem is null)
        {
            log.Warning($"{variable} {problem}; monitoring goes on without it");
        }
        else if (problem is null && _problem is not null)
        {
            log.Information($"{variable} {Path} is written again");
        }

        _problem = problem;
        return problem is null && Path is not null;
    }

    /// <summary>Removes it.</summary>
    public void Delete()
    {
        try
        {
            if (Path is { } path && !FileStatus.IsSpecial(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"{variable} {Path} cannot be removed: {SystemError.Words(exception)}");
        }
    }

    private static string? Try(string path, Action<IBufferWriter<byte>> write, CancellationToken cancellation)
    {
        try
        {
            // A pipe or a device would be replaced by a file.
            if (FileStatus.IsSpecial(path))
            {
                return $"{path} is not a regular file";
            }

            using var file = new ReplacedFile(path, cancellation);
            write(file);
            file.Commit();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {SystemError.Words(exception)}";
        }
    }
}
