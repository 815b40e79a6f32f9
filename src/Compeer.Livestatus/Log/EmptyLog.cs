using Compeer.Configuration.Main;

namespace Compeer.Livestatus.Log;

/// <summary>A log without lines.</summary>
internal sealed class EmptyLog : ILogArchive
{
    /// <inheritdoc/>
    public long KeptLines => 0;

    /// <inheritdoc/>
    public IEnumerable<LogLine> NewestFirst(MainConfiguration main, long first, long last) => [];

    /// <inheritdoc/>
    public IEnumerable<LogLine> FromFileOf(MainConfiguration main, long first, long last) => [];
}
