namespace Compeer.Cli.Output;

/// <summary>The process's own input and outputs as bytes, for what other programs say and are told.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsInputTerminal">Whether somebody types the input.</param>
/// <param name="IsOutputTerminal">Whether somebody reads the output, and not a program or a file.</param>
internal sealed record StandardStreams(Stream Input, Stream Output, Stream Error, bool IsInputTerminal, bool IsOutputTerminal);
