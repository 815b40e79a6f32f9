using System.CommandLine;
using System.Text;
using System.Text.Json;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Commands;

namespace Compeer.Cli.Commands;

/// <summary><c>mon ecmd json</c></summary>
internal sealed class EcmdJsonCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "ecmd", "json", "", "Print all external commands with their arguments, as JSON.")
    {
        Details =
        [
            "One object with the commands' names. Each has \"template\", the command with its",
            "arguments as they follow each other, and \"arguments\", each with \"name\", \"type\"",
            "and \"optional\".",
        ],
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var format in ExternalCommandTable.All.OrderBy(format => format.Name, StringComparer.Ordinal))
            {
                Write(json, format);
            }

            json.WriteEndObject();
        }

        context.Out.WriteLine(Encoding.UTF8.GetString(written.ToArray()));
        return Task.FromResult(ExitCodes.Success);
    }

    private static void Write(Utf8JsonWriter json, CommandFormat format)
    {
        json.WriteStartObject(format.Name);
        json.WriteString("template", string.Join(';', [format.Name, .. format.Arguments.Select(argument => argument.Name)]));
        json.WriteStartArray("arguments");
        foreach (var argument in format.Arguments)
        {
            json.WriteStartObject();
            json.WriteString("name", argument.Name);
            json.WriteString("type", argument.TypeName);
            json.WriteBoolean("optional", argument.IsOptional);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
