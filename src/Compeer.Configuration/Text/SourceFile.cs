namespace Compeer.Configuration.Text;

/// <summary>A configuration file as its reader gets it: a name for messages, and its bytes.</summary>
/// <param name="Path">The name, used in diagnostics and for the order of files.</param>
/// <param name="Content">The bytes, in any encoding; what is not UTF-8 is kept (see <see cref="ConfigurationText"/>).</param>
public sealed record SourceFile(string Path, ReadOnlyMemory<byte> Content);
