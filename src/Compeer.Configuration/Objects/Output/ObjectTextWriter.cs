using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Writes blocks of directives as Naemon's object cache has them: a tab, the name, a tab, the value.</summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="isReadAgain">Whether values are escaped so that they are read as they are: the cache's own format lets a semicolon start
/// a comment, and a backslash at the end of a line join the next one to it.</param>
internal sealed class ObjectTextWriter(IBufferWriter<byte> output, bool isReadAgain = false)
{
    public void Comment(string line)
    {
        Raw("# ");
        output.Write(ConfigurationText.Encode(line));
        Raw("\n");
    }

    public void Begin(string type)
    {
        Raw("define ");
        Raw(type);
        Raw(" {\n");
    }

    public void End() => Raw("\t}\n\n");

    public void Raw(string ascii)
    {
        var length = Encoding.ASCII.GetBytes(ascii, output.GetSpan(ascii.Length));
        output.Advance(length);
    }

    /// <summary>A directive; nothing when the value is null.</summary>
    public void Text(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        Name(name);
        Value(value);
        EndLine(value);
    }

    public void Number(string name, int value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    public void Boolean(string name, bool value) => Text(name, value ? "1" : "0");

    /// <summary>A decimal number with six digits, as C's <c>%f</c>.</summary>
    public void Decimal(string name, double value) => Text(name, value.ToString("F6", CultureInfo.InvariantCulture));

    /// <summary>A list joined by commas; nothing when it is empty.</summary>
    public void List<T>(string name, ImmutableArray<T> items, Func<T, string> text)
    {
        if (items.IsDefaultOrEmpty)
        {
            return;
        }

        Name(name);
        var last = "";
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                Raw(",");
            }

            last = text(items[i]);
            Value(last);
        }

        EndLine(last);
    }

    /// <summary>Custom variables, each with its underscore.</summary>
    public void CustomVariables(ImmutableArray<KeyValuePair<string, string>> variables)
    {
        foreach ((var name, var value) in variables)
        {
            Raw("\t_");
            Value(name);
            Raw("\t");
            Value(value);
            EndLine(value);
        }
    }

    /// <summary>A command with its arguments, a <c>!</c> inside an argument escaped.</summary>
    public void Command(string name, CommandCall? call) => Text(name, call is null ? null : Format(call));

    public static string Format(CommandCall call)
    {
        if (call.Arguments.IsEmpty)
        {
            return call.Command.Name;
        }

        var text = new StringBuilder(call.Command.Name);
        foreach (var argument in call.Arguments)
        {
            text.Append('!').Append(argument.Replace("!", "\\!", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private void Name(string name)
    {
        Raw("\t");
        Raw(name);
        Raw("\t");
    }

    /// <summary>A line that ends in two backslashes has one and ends; in one, it would go on.</summary>
    private void EndLine(string value) => Raw(isReadAgain && value.EndsWith('\\') ? "\\\n" : "\n");

    private void Value(string value)
    {
        if (isReadAgain && value.Contains(';', StringComparison.Ordinal))
        {
            value = value.Replace(";", "\\;", StringComparison.Ordinal);
        }

        if (Ascii.IsValid(value))
        {
            Raw(value);
        }
        else
        {
            output.Write(ConfigurationText.Encode(value));
        }
    }
}
