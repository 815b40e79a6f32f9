namespace Compeer.Configuration.Diagnostics;

/// <summary>A place in a configuration file.</summary>
/// <param name="File">The file's name as it was given to the reader.</param>
/// <param name="Line">The line, counted from 1; 0 when the whole file is meant.</param>
public readonly record struct SourcePosition(string File, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}
