using System.Globalization;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// In which order a poller takes what its masters offer of their configurations: never an older one after a newer one of the same
/// history, so that a master which is behind, or comes back, brings nothing back. It outlives a restart. For one thread.
/// </summary>
/// <param name="file">Where it is kept.</param>
internal sealed class PartOrder(string file)
{
    private readonly string _file = file;
    private ConfigurationVersion? _taken = Read(file);
    private (ConfigurationVersion Version, Task<string> Work)? _taking;

    /// <summary>The one in whose favour an offered one is left, or null when that may be taken.</summary>
    /// <exception cref="IOException">What was taken up meanwhile cannot be kept.</exception>
    public ConfigurationVersion? NewerThan(ConfigurationVersion? offered)
    {
        // Whoever offered it may be gone by now, and then nobody else says how it ended.
        if (_taking is { Work.IsCompleted: true } ended)
        {
            End(ended.Version, ended.Work is { IsCompletedSuccessfully: true, Result.Length: 0 });
        }

        return IsBefore(offered, _taking?.Version) ? _taking?.Version : IsBefore(offered, _taken) ? _taken : null;
    }

    /// <summary>It is being taken up; what was begun before comes before it.</summary>
    /// <param name="version">Of which configuration; null when that is not known.</param>
    /// <param name="work">Gives why it is not taken up; nothing when it is.</param>
    public void Begin(ConfigurationVersion? version, Task<string> work) => _taking = version is null ? _taking : (version, work);

    /// <summary>It was taken up, or is none to work by.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void End(ConfigurationVersion? version, bool isTaken)
    {
        _taking = version is not null && _taking?.Version == version ? null : _taking;
        if (isTaken && version is not null && version != _taken)
        {
            _taken = version;
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            File.WriteAllText(
                _file + ".new",
                string.Create(CultureInfo.InvariantCulture, $"{version.Number} {version.Hash} {version.History}\n"));
            File.Move(_file + ".new", _file, overwrite: true);
        }
    }

    private static bool IsBefore(ConfigurationVersion? offered, ConfigurationVersion? other) =>
        offered is not null && other is not null && offered.History == other.History && offered < other;

    private static ConfigurationVersion? Read(string file)
    {
        try
        {
            return File.Exists(file) && File.ReadAllText(file).Trim().Split(' ') is [var number, var hash, var history]
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var counted)
                && HistoryId.TryParse(history, out var id)
                    ? new ConfigurationVersion(counted, hash) { History = id }
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
