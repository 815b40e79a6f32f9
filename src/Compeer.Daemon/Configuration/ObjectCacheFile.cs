using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Output;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Configuration;

/// <summary>Writes the files with the resolved objects: <c>object_cache_file</c> and <c>precached_object_file</c>.</summary>
internal static class ObjectCacheFile
{
    /// <summary>What a main configuration names to have no such file.</summary>
    private const string Nowhere = "/dev/null";

    /// <summary>Writes one, in place of what is there.</summary>
    /// <returns>Why it could not be written; null when it was, or was not wanted.</returns>
    /// <exception cref="OperationCanceledException">The writing was given up; what was there before is untouched.</exception>
    public static string? Write(
        string path, MainConfiguration main, ObjectConfiguration objects, DateTimeOffset now, CancellationToken cancellation)
    {
        if (path == Nowhere)
        {
            return null;
        }

        try
        {
            // A pipe or a device would be replaced by a file.
            if (FileStatus.IsSpecial(path))
            {
                return $"{path} is not a regular file";
            }

            using var file = new ReplacedFile(path, cancellation);
            ObjectCacheWriter.Write(objects, main.IntervalLength, now, file);
            file.Commit();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {SystemError.Words(exception)}";
        }
    }
}
