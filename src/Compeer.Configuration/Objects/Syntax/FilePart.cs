namespace Compeer.Configuration.Objects.Syntax;

/// <summary>A file, or a part of one that begins and ends between two object blocks.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">The part's bytes.</param>
/// <param name="FirstLine">The line of the file with which it begins, counted from 1.</param>
internal readonly record struct FilePart(string Path, ReadOnlyMemory<byte> Content, int FirstLine);
