using System.Text;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Options as Naemon's object cache has them.</summary>
internal static class OptionText
{
    private static readonly (StateOptions Option, char Letter)[] Letters =
    [
        (StateOptions.Down, 'd'), (StateOptions.Unreachable, 'u'), (StateOptions.Warning, 'w'), (StateOptions.Unknown, 'u'),
        (StateOptions.Critical, 'c'), (StateOptions.Flapping, 'f'), (StateOptions.Downtime, 's'), (StateOptions.Pending, 'p'),
    ];

    /// <summary><c>a</c> for <see cref="StateOptions.All"/>, <c>n</c> for none, else the letters with OK (or recovery)
    /// first.</summary>
    public static string Format(StateOptions options, char okLetter)
    {
        if (options == StateOptions.All)
        {
            return "a";
        }

        var text = new StringBuilder();
        if ((options & StateOptions.Ok) != 0)
        {
            text.Append(okLetter);
        }

        foreach ((var option, var letter) in Letters)
        {
            if ((options & option) != 0)
            {
                text.Append(text.Length == 0 ? "" : ",").Append(letter);
            }
        }

        return text.Length == 0 ? "n" : text.ToString();
    }
}
