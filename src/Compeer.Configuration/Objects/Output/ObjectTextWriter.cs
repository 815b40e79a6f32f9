using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Writes blocks of directives as Naemon's object cache has them: a tab, the name, a tab, the value.</summary>
internal sealed class ObjectTextWriter(IBufferWriter<byte> output)
{
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
        Raw("\n");
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
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                Raw(",");
            }

            Value(text(items[i]));
        }

        Raw("\n");
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
            Raw("\n");
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

    private void Value(string value)
    {
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
