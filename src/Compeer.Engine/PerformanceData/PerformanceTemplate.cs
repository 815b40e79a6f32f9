namespace Compeer.Engine.PerformanceData;

/// <summary>A template of a file of performance data, as the configuration writes it.</summary>
internal static class PerformanceTemplate
{
    /// <summary>The template with its <c>\t</c>, <c>\n</c> and <c>\r</c> as what they mean; other backslashes stay (Naemon
    /// <c>xpddefault_preprocess_file_templates</c>).</summary>
    public static string Of(string written) => written
        .Replace("\\t", "\t", StringComparison.Ordinal)
        .Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\r", "\r", StringComparison.Ordinal);
}
