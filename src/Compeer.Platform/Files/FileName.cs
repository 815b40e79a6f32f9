using Compeer.Platform.Native;

namespace Compeer.Platform.Files;

/// <summary>The names that a file has.</summary>
public static class FileName
{
    /// <summary>Gives a second name to a file, failing when that name is taken; false on any failure.</summary>
    public static bool TryLink(string existing, string name) => LibcFiles.Link(existing, name) == 0;
}
