using Compeer.Configuration.Text;

namespace Compeer.Engine.States;

/// <summary>The program that a command line names, for the message that it could not be started.</summary>
internal static class ProgramName
{
    private const int Longest = 4096;

    /// <summary>The first word, its quotes taken off.</summary>
    public static string Of(ReadOnlySpan<byte> commandLine)
    {
        var word = new List<byte>();
        byte quote = 0;
        foreach (var value in commandLine.TrimStart((byte)' ').TrimStart((byte)'\t'))
        {
            if (word.Count == Longest || (quote == 0 && value is (byte)' ' or (byte)'\t' or (byte)'\n'))
            {
                break;
            }

            if (value == quote)
            {
                quote = 0;
            }
            else if (quote == 0 && value is (byte)'"' or (byte)'\'')
            {
                quote = value;
            }
            else
            {
                word.Add(value);
            }
        }

        return ConfigurationText.Decode(word.ToArray());
    }
}
