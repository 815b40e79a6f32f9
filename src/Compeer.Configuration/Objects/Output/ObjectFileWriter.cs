using System.Buffers;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Writes objects as an object file for Naemon, Nagios 4 or another node: resolved, expanded, and nothing lost.</summary>
internal static class ObjectFileWriter
{
    /// <summary>Writes them.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="intervalLength">In whose units intervals are written.</param>
    /// <param name="form">What is written how.</param>
    /// <param name="header">Lines of the comment at the beginning.</param>
    /// <param name="output">Where the bytes go.</param>
    public static void Write(
        ObjectConfiguration objects,
        TimeSpan intervalLength,
        ReadableForm form,
        IEnumerable<string> header,
        IBufferWriter<byte> output)
    {
        var text = new ObjectTextWriter(output, isReadAgain: true);
        foreach (var line in header)
        {
            text.Comment(line);
        }

        text.Raw("\n");
        ObjectCacheWriter.WriteObjects(text, objects, intervalLength, form);
    }
}
