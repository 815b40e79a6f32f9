using System.Globalization;
using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>Values of statements with their types; a wrong one is an error that names what is allowed.</summary>
internal sealed class MerlinValues(MerlinFindings findings)
{
    /// <summary>In seconds; the longest that most times may be.</summary>
    public const int Day = 86400;

    /// <summary>Longest name of a host (RFC 1035).</summary>
    private const int MaximumAddressLength = 253;

    /// <summary>
    /// The value as one word or list. Merlin begins a comment only where a statement could begin; behind a value
    /// without a semicolon people write one all the same, and Merlin's number parsing hides the mistake from them.
    /// </summary>
    public string? Text(MerlinStatement statement)
    {
        var comment = statement.Value is null ? 0 : FindComment(statement.Value);
        if (statement.Value is null || comment == 0)
        {
            findings.Error(statement.Line, $"{statement.Key} needs a value: \"{statement.Key} = VALUE\"");
            return null;
        }

        if (comment < 0)
        {
            return statement.Value;
        }

        findings.Warn(statement.Line, $"the comment behind {statement.Key} belongs after a semicolon, or on a line of its own");
        return statement.Value[..comment].TrimEnd();
    }

    /// <summary>A whole number within bounds; null after an error.</summary>
    public int? Number(MerlinStatement statement, int minimum, int maximum, string unit)
    {
        if (Text(statement) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        findings.Error(
            statement.Line,
            $"{statement.Key} \"{text}\" is not valid; allowed is a whole number {unit} from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A TCP port; null after an error.</summary>
    public int? Port(MerlinStatement statement) => Number(statement, 1, 65535, "of a TCP port");

    /// <summary>Whole seconds; null after an error.</summary>
    public TimeSpan? Seconds(MerlinStatement statement, int minimum, int maximum) =>
        Number(statement, minimum, maximum, "of seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Yes or no, in any of the words Merlin takes; null after an error.</summary>
    public bool? Flag(MerlinStatement statement)
    {
        switch (Text(statement)?.ToUpperInvariant())
        {
            case null:
                return null;
            case "YES" or "Y" or "TRUE" or "T" or "ON" or "1":
                return true;
            case "NO" or "N" or "FALSE" or "F" or "OFF" or "0":
                return false;
            default:
                findings.Error(statement.Line, $"{statement.Key} \"{statement.Value}\" is not valid; allowed are yes and no");
                return null;
        }
    }

    /// <summary>A host name or IP address, by its letters only; null after an error.</summary>
    public string? Address(MerlinStatement statement)
    {
        if (Text(statement) is not { } text)
        {
            return null;
        }

        if (text.Length <= MaximumAddressLength
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '%'))
        {
            return text;
        }

        findings.Error(statement.Line, $"{statement.Key} \"{text}\" is neither a host name nor an IP address");
        return null;
    }

    private static int FindComment(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '#' && (i == 0 || value[i - 1] is ' ' or '\t'))
            {
                return i;
            }
        }

        return -1;
    }
}
