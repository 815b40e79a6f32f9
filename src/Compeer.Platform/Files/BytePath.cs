using System.Globalization;
using System.Runtime.InteropServices;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>
/// A file or folder found by the bytes of its name, which need not be UTF-8. The runtime knows names in UTF-8 only; it gets
/// to this one under <see cref="RuntimePath"/> as long as it is not disposed.
/// </summary>
public sealed unsafe class BytePath : IDisposable
{
    private const int PathOnly = 0x200000; // O_PATH: a pipe does not wait for a writer
    private const int NameOffset = 19; // of d_name in struct dirent64

    private readonly SafeFileHandle _handle;

    private BytePath(SafeFileHandle handle) => _handle = handle;

    /// <summary>A path of this process by which the runtime finds it.</summary>
    public string RuntimePath =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_handle.DangerousGetHandle()}");

    /// <summary>Finds a file or folder; null when it is not there or may not be looked at.</summary>
    public static BytePath? TryFind(ReadOnlySpan<byte> path)
    {
        var terminated = new byte[path.Length + 1];
        path.CopyTo(terminated);
        fixed (byte* start = terminated)
        {
            var descriptor = Libc.Open(start, PathOnly | Libc.CloseOnExec);
            return descriptor < 0 ? null : new BytePath(new SafeFileHandle(descriptor, ownsHandle: true));
        }
    }

    /// <summary>The names in a folder as bytes, in no order, without <c>.</c> and <c>..</c>; none when it cannot be read.</summary>
    /// <param name="folder">A path that the runtime can name.</param>
    public static IReadOnlyList<byte[]> NamesIn(string folder)
    {
        var names = new List<byte[]>();
        var stream = LibcFiles.OpenDirectory(folder);
        if (stream == 0)
        {
            return names;
        }

        for (var entry = LibcFiles.ReadDirectory(stream); entry != null; entry = LibcFiles.ReadDirectory(stream))
        {
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add(name.ToArray());
            }
        }

        _ = LibcFiles.CloseDirectory(stream);
        return names;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
