namespace Compeer.Livestatus.Output;

/// <summary>How an answer is written (<c>OutputFormat</c>).</summary>
internal enum OutputFormat
{
    /// <summary>Bytes between separators, not escaped; the default.</summary>
    Csv,

    /// <summary>One JSON array of arrays.</summary>
    Json,

    /// <summary>The same as a Python expression: strings have a <c>u</c> before them, nothing is <c>None</c>.</summary>
    Python,

    /// <summary>A JSON object with <c>columns</c>, <c>data</c> and <c>total_count</c>.</summary>
    WrappedJson,
}
