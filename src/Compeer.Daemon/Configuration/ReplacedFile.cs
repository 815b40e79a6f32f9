using System.Buffers;
using System.Globalization;

namespace Compeer.Daemon.Configuration;

/// <summary>
/// A file that is written under another name and then takes the place of the one that is there, so that readers see the old
/// one or the new one and nothing between. Nothing is changed unless <see cref="Commit"/> is called.
/// </summary>
internal sealed class ReplacedFile : IBufferWriter<byte>, IDisposable
{
    private const int BufferBytes = 128 << 10;
    private const string UnfinishedSuffix = ".new";

    private readonly string _path;
    private readonly string _unfinished;
    private readonly FileStream _stream;
    private readonly CancellationToken _cancellation;
    private byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private bool _isCommitted;

    /// <param name="path">The file; a link stays one, and the file that it leads to is replaced.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public ReplacedFile(string path, CancellationToken cancellation)
    {
        var isLink = new FileInfo(path).LinkTarget is not null;
        _path = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path;
        _unfinished = string.Create(CultureInfo.InvariantCulture, $"{_path}.{Environment.ProcessId}{UnfinishedSuffix}");
        _cancellation = cancellation;
        DeleteLeftovers();

        // A new file of this name or none: a link that somebody put there is not followed.
        _stream = new FileStream(
            _unfinished,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode =
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            });
    }

    public void Advance(int count) => _used += count;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <exception cref="OperationCanceledException">The writing was given up.</exception>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_buffer.Length - _used < wanted)
        {
            Flush();
        }

        if (_buffer.Length < wanted)
        {
            _buffer = new byte[wanted];
        }

        return _buffer.AsMemory(_used);
    }

    /// <summary>Puts it in place.</summary>
    public void Commit()
    {
        Flush();
        File.Move(_unfinished, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_isCommitted)
        {
            File.Delete(_unfinished);
        }
    }

    private void Flush()
    {
        _cancellation.ThrowIfCancellationRequested();
        _stream.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    /// <summary>Removes what processes that were killed left, and what an earlier one with the number of this one did.</summary>
    private void DeleteLeftovers()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        var prefix = Path.GetFileName(_path) + ".";
        foreach (var file in Directory.EnumerateFiles(folder, prefix + "*" + UnfinishedSuffix))
        {
            var number = Path.GetFileName(file)[prefix.Length..^UnfinishedSuffix.Length];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && (pid == Environment.ProcessId || !Directory.Exists($"/proc/{number}")))
            {
                File.Delete(file);
            }
        }
    }
}
