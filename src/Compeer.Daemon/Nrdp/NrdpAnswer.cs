using System.Security;
using System.Text;
using System.Text.Json;

namespace Compeer.Daemon.Nrdp;

/// <summary>What NRDP answers, in its two forms (<c>output_response</c> of NRDP 2.0). Errors have status 200 like everything else: its
/// senders look for <c>&lt;status&gt;</c> only.</summary>
/// <param name="Root">The element around all.</param>
/// <param name="Status">0 when it was done, else -1.</param>
/// <param name="Message">NRDP's word for it.</param>
internal sealed record NrdpAnswer(string Root, int Status, string Message)
{
    /// <summary>What was done.</summary>
    public string? Output { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Information { get; init; }

    /// <summary>Name and version of the protocol, of <c>cmd=hello</c>.</summary>
    public (string Product, string Version)? Product { get; init; }

    /// <summary>It was done.</summary>
    public static NrdpAnswer Done(string? output) => new("result", 0, "OK") { Output = output };

    /// <summary>It was not.</summary>
    public static NrdpAnswer Error(string message, string? information = null) =>
        new("result", -1, message) { Information = information };

    /// <summary>As XML, laid out as NRDP does.</summary>
    public string ToXml()
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        text.Append('<').Append(Root).Append(">\n");
        Add("status", Status == 0 ? "0" : "-1");
        Add("message", Message);
        if (Product is var (product, version))
        {
            Add("product", product);
            Add("version", version);
        }

        if (Information is not null)
        {
            Add("information", Information);
        }

        if (Output is not null)
        {
            text.Append("    <meta>\n        <output>").Append(SecurityElement.Escape(Output)).Append("</output>\n    </meta>\n");
        }

        return text.Append("</").Append(Root).Append(">\n").ToString();

        void Add(string name, string value) =>
            text.Append("    <").Append(name).Append('>').Append(SecurityElement.Escape(value)).Append("</").Append(name).Append(">\n");
    }

    /// <summary>As JSON.</summary>
    /// <param name="isPretty">With lines and indents.</param>
    public byte[] ToJson(bool isPretty)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = isPretty }))
        {
            json.WriteStartObject();
            json.WriteStartObject(Root);
            json.WriteNumber("status", Status);
            json.WriteString("message", Message);
            if (Product is var (product, version))
            {
                json.WriteString("product", product);
                json.WriteString("version", version);
            }

            if (Information is not null)
            {
                json.WriteString("information", Information);
            }

            if (Output is not null)
            {
                json.WriteStartObject("meta");
                json.WriteString("output", Output);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
