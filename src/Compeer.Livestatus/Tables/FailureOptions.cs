using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Tables;

/// <summary>The failure options of a dependency as Naemon's bits (<c>OPT_</c>): one for each state by its number.</summary>
internal static class FailureOptions
{
    /// <summary>The bits.</summary>
    public static long Of(StateOptions options)
    {
        if (options == StateOptions.All)
        {
            return -1;
        }

        long Bit(StateOptions option, int bit) => (options & option) != 0 ? 1L << bit : 0;
        return Bit(StateOptions.Ok, 0) | Bit(StateOptions.Warning, 1) | Bit(StateOptions.Critical, 2) | Bit(StateOptions.Unknown, 3)
            | Bit(StateOptions.Down, 1) | Bit(StateOptions.Unreachable, 2) | Bit(StateOptions.Pending, 10);
    }
}
