using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>An object block as it stands in a file; its directives are in the configuration's chunks.</summary>
/// <param name="Type">The object type.</param>
/// <param name="File">Index of its file.</param>
/// <param name="Line">Where its block starts.</param>
/// <param name="Chunk">The chunk with its directives.</param>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many they are.</param>
/// <param name="IsFaulty">Whether a directive of it was refused and left out: what it lacks is then no finding of its own.</param>
internal readonly record struct RawObject(
    ObjectType Type, int File, int Line, int Chunk, ushort First, ushort Count, bool IsFaulty);
