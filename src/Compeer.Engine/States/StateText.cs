using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>The text of a state: output, long output and performance data in one blob.</summary>
internal readonly record struct StateText(ReadOnlyMemory<byte> Text, int OutputLength, int LongOutputLength)
{
    /// <summary>
    /// The text of a reading. Semicolons in the output become colons (Naemon), because they separate fields in logs. When
    /// nothing changed, which is the rule, the blob of the state before is used again.
    /// </summary>
    public static StateText Of(in CheckReading reading, CheckState before)
    {
        var output = Limited(reading.Output);
        var longOutput = Limited(reading.LongOutput);
        var performance = Limited(reading.PerformanceData);
        var isSame = before.OutputLength == output.Length
            && before.LongOutputLength == longOutput.Length
            && longOutput.SequenceEqual(before.LongOutput)
            && performance.SequenceEqual(before.PerformanceData)
            && IsSameOutput(output, before.Output);
        if (isSame)
        {
            return new StateText(before.Text, before.OutputLength, before.LongOutputLength);
        }

        var text = new byte[output.Length + longOutput.Length + performance.Length];
        output.CopyTo(text);
        text.AsSpan(0, output.Length).Replace((byte)';', (byte)':');
        longOutput.CopyTo(text.AsSpan(output.Length));
        performance.CopyTo(text.AsSpan(output.Length + longOutput.Length));
        return new StateText(text, output.Length, longOutput.Length);
    }

    private static bool IsSameOutput(ReadOnlySpan<byte> output, ReadOnlySpan<byte> before)
    {
        while (true)
        {
            var semicolon = output.IndexOf((byte)';');
            if (semicolon < 0)
            {
                return output.SequenceEqual(before);
            }

            if (!output[..semicolon].SequenceEqual(before[..semicolon]) || before[semicolon] != ':')
            {
                return false;
            }

            output = output[(semicolon + 1)..];
            before = before[(semicolon + 1)..];
        }
    }

    private static ReadOnlySpan<byte> Limited(ReadOnlyMemory<byte> part) =>
        part.Length <= EngineLimits.TextPart ? part.Span : part.Span[..EngineLimits.TextPart];
}
