using System.Buffers.Binary;
using System.Text;

namespace Compeer.Cli.Files;

/// <summary>A core dump on disk, as far as its head and its first notes tell (elf(5), core(5)).</summary>
/// <param name="Path">The file.</param>
/// <param name="Program">The name of the program that it is of; empty when it does not say.</param>
internal sealed record CoreDump(string Path, string Program)
{
    private const int HeadBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const ushort TypeCore = 4;
    private const uint SegmentNote = 4;
    private const uint NoteProcessInfo = 3;
    private const int MaxNoteBytes = 1 << 20;
    private const int MaxSegments = 65_536;

    /// <summary>Where in the process info of a 64-bit machine the program's name stands, and how long it may be.</summary>
    private const int NameOffset = 40;
    private const int NameBytes = 16;

    /// <summary>Whether a file's name is that of a core dump.</summary>
    public static bool IsName(string name) => name == "core" || name.StartsWith("core.", StringComparison.Ordinal);

    /// <summary>Reads the head of a file; null when it is no core dump.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CoreDump? Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var head = new byte[HeadBytes];
        return file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes
            || !head.AsSpan(0, 4).SequenceEqual("\u007fELF"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(16)) != TypeCore
                ? null
                : new CoreDump(path, ProgramOf(file, head));
    }

    /// <summary>The program's name in the first notes; of another machine's dump, none is read.</summary>
    private static string ProgramOf(FileStream file, byte[] head)
    {
        const byte Class64 = 2;
        const byte LittleEndian = 1;
        if (head[4] != Class64 || head[5] != LittleEndian)
        {
            return "";
        }

        var offset = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(32));
        var count = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(56)), MaxSegments);
        var header = new byte[ProgramHeaderBytes];
        for (var i = 0; i < count && offset > 0; i++, offset += ProgramHeaderBytes)
        {
            file.Position = offset;
            if (file.ReadAtLeast(header, ProgramHeaderBytes, throwOnEndOfStream: false) < ProgramHeaderBytes)
            {
                return "";
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(header) == SegmentNote)
            {
                var notes = new byte[Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)), 0, MaxNoteBytes)];
                file.Position = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8)));
                return NameIn(notes.AsSpan(0, file.ReadAtLeast(notes, notes.Length, throwOnEndOfStream: false)));
            }
        }

        return "";
    }

    /// <summary>Notes are (length of name, length of content, type), the name, the content, each filled up to four bytes.</summary>
    private static string NameIn(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= 12)
        {
            var name = Padded(BinaryPrimitives.ReadUInt32LittleEndian(notes));
            var content = Padded(BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]));
            var type = BinaryPrimitives.ReadUInt32LittleEndian(notes[8..]);
            if (12 + name + content > notes.Length)
            {
                return "";
            }

            if (type == NoteProcessInfo && content >= NameOffset + NameBytes)
            {
                var text = notes.Slice(12 + (int)name + NameOffset, NameBytes);
                var end = text.IndexOf((byte)0);
                return Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
            }

            notes = notes[(12 + (int)name + (int)content)..];
        }

        return "";
    }

    private static long Padded(uint length) => ((long)length + 3) & ~3L;
}
