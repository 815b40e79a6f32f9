using System.Runtime.InteropServices;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Objects.Expansion;

/// <summary>The C library's regular expressions as Naemon uses them: <c>regcomp</c> with REG_EXTENDED, <c>regexec</c> anywhere
/// in the name, in the locale C.</summary>
internal sealed unsafe partial class LibraryRegex : IDisposable
{
    private const int Extended = 1;

    /// <summary>LC_ALL_MASK of glibc.</summary>
    private const int AllCategories = 0x1FBF;

    /// <summary>More than any C library's <c>regex_t</c>.</summary>
    private const nuint Room = 1024;

    private static readonly nint Plain = NewLocale(AllCategories, "C"u8, 0);

    private readonly byte* _compiled = (byte*)NativeMemory.AllocZeroed(Room);

    public LibraryRegex(string pattern)
    {
        // The locale is that of the thread until the next one is made.
        UseLocale(Plain);
        byte[] text = [.. ConfigurationText.Encode(pattern), 0];
        IsValid = Compile(_compiled, text, Extended) == 0;
    }

    public bool IsValid { get; }

    public bool IsMatch(string name)
    {
        byte[] text = [.. ConfigurationText.Encode(name), 0];
        UseLocale(Plain);
        return Execute(_compiled, text, 0, null, 0) == 0;
    }

    public void Dispose()
    {
        if (IsValid)
        {
            Free(_compiled);
        }

        NativeMemory.Free(_compiled);
    }

    [LibraryImport("libc", EntryPoint = "newlocale")]
    private static partial nint NewLocale(int categories, ReadOnlySpan<byte> name, nint former);

    [LibraryImport("libc", EntryPoint = "uselocale")]
    private static partial nint UseLocale(nint locale);

    [LibraryImport("libc", EntryPoint = "regcomp")]
    private static partial int Compile(byte* compiled, byte[] pattern, int flags);

    [LibraryImport("libc", EntryPoint = "regexec")]
    private static partial int Execute(byte* compiled, byte[] text, nuint matches, void* places, int flags);

    [LibraryImport("libc", EntryPoint = "regfree")]
    private static partial void Free(byte* compiled);
}
