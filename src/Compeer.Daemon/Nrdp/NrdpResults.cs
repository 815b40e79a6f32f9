using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Nrdp;

/// <summary>Reads results of checks in NRDP's two forms. XML has no document type, so that no entity of it can name a file, an address or
/// itself.</summary>
internal static class NrdpResults
{
    private const int Deepest = 16;

    /// <summary>Begins files of Windows' editors, which clients send as they are.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Results of <c>&lt;checkresults&gt;&lt;checkresult type='service'&gt;&lt;hostname&gt;…</c>; null when it is no such
    /// text.</summary>
    public static List<PassiveResult>? OfXml(string text, out string problem)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(text.TrimStart(ByteOrderMark).TrimStart()), settings);
            return Read(reader, out problem);
        }
        catch (XmlException fault)
        {
            problem = $"it is no XML at line {fault.LineNumber}, character {fault.LinePosition}, or has a document type";
            return null;
        }
    }

    /// <summary>Results of <c>{"checkresults":[{"checkresult":{"type":"service"},"hostname":…</c>; null when it is none.</summary>
    public static List<PassiveResult>? OfJson(string text, out string problem)
    {
        List<PassiveResult> results = [];
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart(ByteOrderMark), new JsonDocumentOptions { MaxDepth = Deepest });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("checkresults", out var list)
                || list.ValueKind != JsonValueKind.Array)
            {
                problem = "it has no list 'checkresults'";
                return null;
            }

            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object)
                {
                    problem = "an entry of 'checkresults' is no object";
                    return null;
                }

                var type = item.TryGetProperty("checkresult", out var attributes) && attributes.ValueKind == JsonValueKind.Object
                    ? Text(attributes, "type")
                    : "";
                results.Add(Of(type, name => Text(item, name)));
            }
        }
        catch (JsonException fault)
        {
            problem = $"it is no JSON at line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}, or too deep";
            return null;
        }

        problem = "";
        return results;
    }

    private static List<PassiveResult>? Read(XmlReader reader, out string problem)
    {
        List<PassiveResult> results = [];
        Dictionary<string, StringBuilder> fields = new(StringComparer.Ordinal);
        string? type = null;
        string? field = null;
        while (reader.Read())
        {
            if (reader.Depth > Deepest)
            {
                problem = $"its elements are deeper than {Deepest}";
                return null;
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth == 1:
                    type = reader.Name == "checkresult" ? reader.GetAttribute("type") ?? "" : null;
                    fields.Clear();
                    break;
                case XmlNodeType.Element when reader.Depth == 2:
                    field = reader.IsEmptyElement ? null : reader.Name;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                    when reader.Depth == 3 && field is not null:
                    Add(fields, field, reader.Value);
                    break;
                case XmlNodeType.EndElement when reader.Depth == 2:
                    field = null;
                    break;
                case XmlNodeType.EndElement when reader.Depth == 1 && type is not null:
                    results.Add(Of(type, name => fields.TryGetValue(name, out var text) ? text.ToString() : ""));
                    break;
                default:
                    break;
            }
        }

        problem = "";
        return results;
    }

    private static void Add(Dictionary<string, StringBuilder> fields, string field, string part)
    {
        if (!fields.TryGetValue(field, out var text))
        {
            fields[field] = text = new StringBuilder();
        }

        text.Append(part);
    }

    private static PassiveResult Of(string type, Func<string, string> field)
    {
        // NRDP hands a tabulator on as a blank, and both an end of a line and \n, as its clients have people write it, as an end of a line.
        var output = Encoding.UTF8.GetBytes(
            field("output").Replace('\t', ' ').Replace("\\n", "\n", StringComparison.Ordinal));
        var isNumber = int.TryParse(field("state").Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code);
        return new PassiveResult(field("hostname").Trim(), type == "service" ? field("servicename").Trim() : null, code, output)
        {
            Wrong = isNumber ? null : "its state is no number",
        };
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        }
        : "";
}
