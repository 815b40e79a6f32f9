using System.Text;

namespace Compeer.Execution.Processes;

/// <summary>
/// The programs whose start does not come back. While one is here its other checks are not started: each would keep a thread
/// as well, and what has hung once on a file system that does not answer hangs again. Beyond <see cref="MaxPrograms"/>
/// programs whole folders are taken for stuck, so that a dead mount with a thousand plugins costs a few threads. Any thread.
/// </summary>
internal sealed class StuckPrograms
{
    /// <summary>How many programs are tried one by one.</summary>
    internal const int MaxPrograms = 16;

    private readonly Dictionary<string, int> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _folders = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _count;
    private int _returned;

    /// <summary>How many starts are left behind.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>How many came back so far: with another number those held are to be looked at again.</summary>
    internal int Returned => Volatile.Read(ref _returned);

    /// <summary>A program's name as text.</summary>
    internal static string NameOf(ReadOnlySpan<byte> program) => Encoding.UTF8.GetString(program);

    internal void Add(string program)
    {
        lock (_lock)
        {
            _programs[program] = _programs.GetValueOrDefault(program) + 1;
            _folders[FolderOf(program)] = _folders.GetValueOrDefault(FolderOf(program)) + 1;
            _count++;
        }
    }

    internal void Remove(string program)
    {
        lock (_lock)
        {
            Take(_programs, program);
            Take(_folders, FolderOf(program));
            _count--;
            Interlocked.Increment(ref _returned);
        }
    }

    /// <summary>Whether a program is not to be started now.</summary>
    internal bool IsHeld(string program)
    {
        lock (_lock)
        {
            return _programs.ContainsKey(program) || (_count >= MaxPrograms && _folders.ContainsKey(FolderOf(program)));
        }
    }

    private static string FolderOf(string program) => Path.GetDirectoryName(program) ?? "";

    private static void Take(Dictionary<string, int> counts, string key)
    {
        if (--counts[key] == 0)
        {
            counts.Remove(key);
        }
    }
}
