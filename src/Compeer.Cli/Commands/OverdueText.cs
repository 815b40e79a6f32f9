using System.Globalization;
using Compeer.Api;

namespace Compeer.Cli.Commands;

/// <summary>Says of a check that it is overdue, in the words of op5's command.</summary>
internal static class OverdueText
{
    public static string Of(OverdueCheck check)
    {
        var name = check.Service is null ? check.Host : $"{check.Host};{check.Service}";
        var owner = check.Owner.Length == 0 ? "nobody" : check.Owner;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} was supposed to be executed by {owner} at {check.Due.ToLocalTime():yyyy-MM-dd HH:mm:ss}");
    }
}
