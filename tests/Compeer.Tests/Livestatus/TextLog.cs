using System.Text;
using Compeer.Configuration.Main;
using Compeer.Livestatus.Log;

namespace Compeer.Tests.Livestatus;

/// <summary>Files of the log that are texts.</summary>
internal sealed class TextLog : ILogArchive
{
    private readonly List<LogBlock> _files = [];

    public long KeptLines => _files.Sum(file => file.Lines.Length);

    public void Add(string text) => _files.Add(LogBlock.Read(Encoding.UTF8.GetBytes(text), () => 0));

    /// <summary>Which time was asked for last.</summary>
    public (long First, long Last)? Asked { get; private set; }

    public IEnumerable<LogLine> NewestFirst(MainConfiguration main, long first, long last)
    {
        Asked = (first, last);
        return Enumerable.Reverse(_files).SelectMany(file => file.Lines.Reverse());
    }

    public IEnumerable<LogLine> FromFileOf(MainConfiguration main, long first, long last)
    {
        Asked = (first, last);
        var later = Enumerable.Reverse(_files).TakeWhile(file => file.Lines[0].Time > first).Count();
        return _files.Skip(Math.Max(0, _files.Count - later - 1)).SelectMany(file => file.Lines);
    }
}
