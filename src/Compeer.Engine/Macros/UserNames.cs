using System.Globalization;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>The names USER1 to USER256, made once: nearly every command line holds one.</summary>
internal static class UserNames
{
    private static readonly string[] Names = [.. Enumerable.Range(1, EngineLimits.UserMacros)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"USER{number}"))];

    /// <summary>The name of the macro with this number, from 1.</summary>
    public static string Of(int number) => Names[number - 1];
}
