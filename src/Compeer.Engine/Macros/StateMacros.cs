using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Macros;

/// <summary>What macros of hosts and services have in common.</summary>
internal static class StateMacros
{
    private const int SecondsPerDay = 86_400;

    /// <summary>The macros that are called alike: <c>xOUTPUT</c>, <c>LASTxCHECK</c> and so on, x being HOST or SERVICE.</summary>
    public static bool TryAdd(
        ReadOnlySpan<char> name, ReadOnlySpan<char> kind, CheckState state, DateTimeOffset wall, TextBuffer output)
    {
        if (name.StartsWith(kind))
        {
            return TryAddValue(name[kind.Length..], state, wall, output);
        }

        const int PrefixLength = 4;
        if (name.Length < PrefixLength || !name[PrefixLength..].StartsWith(kind))
        {
            return false;
        }

        var rest = name[(PrefixLength + kind.Length)..];
        if (name.StartsWith("LONG") && rest is "OUTPUT")
        {
            AddLines(state.LongOutput, output);
            return true;
        }

        if (!name.StartsWith("LAST") || rest is not ("CHECK" or "STATECHANGE"))
        {
            return false;
        }

        AddTime(rest is "CHECK" ? state.LastCheckTicks : state.LastStateChangeTicks, output);
        return true;
    }

    private static bool TryAddValue(ReadOnlySpan<char> name, CheckState state, DateTimeOffset wall, TextBuffer output)
    {
        switch (name)
        {
            case "STATETYPE":
                output.Add(StateNames.Type(state.IsSoft));
                return true;
            case "ATTEMPT":
                output.AddNumber(state.Attempt);
                return true;
            case "OUTPUT":
                output.Add(state.Output);
                return true;
            case "PERFDATA":
                output.Add(state.PerformanceData);
                return true;
            case "CHECKTYPE":
                output.Add(state.IsPassive ? "PASSIVE"u8 : "ACTIVE"u8);
                return true;
            case "EXECUTIONTIME":
                output.AddNumber(new TimeSpan(state.ExecutionTicks).TotalSeconds, decimals: 3);
                return true;
            case "LATENCY":
                output.AddNumber(new TimeSpan(state.LatencyTicks).TotalSeconds, decimals: 3);
                return true;
            case "PERCENTCHANGE":
                output.AddNumber(state.StateHistory.PercentChange, decimals: 2);
                return true;
            case "DURATIONSEC":
                output.AddNumber(SecondsSince(state.LastStateChangeTicks, wall));
                return true;
            case "DURATION":
                AddDuration(SecondsSince(state.LastStateChangeTicks, wall), output);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Lines in one line, their ends as <c>\n</c> (Naemon <c>escape_plugin_output</c>); the ends after the last are
    /// not its part.</summary>
    private static void AddLines(ReadOnlySpan<byte> lines, TextBuffer output)
    {
        lines = lines.TrimEnd(" \t\r\n"u8);
        while (lines.IndexOf((byte)'\n') is var end and >= 0)
        {
            output.Add(lines[..end]);
            output.Add("\\n"u8);
            lines = lines[(end + 1)..];
        }

        output.Add(lines);
    }

    /// <summary>A time as seconds since 1970; 0 for never.</summary>
    public static void AddTime(long utcTicks, TextBuffer output) =>
        output.AddNumber(utcTicks == 0 ? 0 : new DateTimeOffset(utcTicks, TimeSpan.Zero).ToUnixTimeSeconds());

    /// <summary>A duration as <c>1d 2h 3m 4s</c>.</summary>
    public static void AddDuration(long seconds, TextBuffer output)
    {
        output.AddNumber(seconds / SecondsPerDay);
        output.Add("d "u8);
        output.AddNumber(seconds % SecondsPerDay / 3600);
        output.Add("h "u8);
        output.AddNumber(seconds % 3600 / 60);
        output.Add("m "u8);
        output.AddNumber(seconds % 60);
        output.Add((byte)'s');
    }

    /// <summary>A command with its arguments as the configuration writes them.</summary>
    public static void AddCommand(CommandCall? call, TextBuffer output)
    {
        if (call is null)
        {
            return;
        }

        output.Add(call.Command.Name);
        foreach (var argument in call.Arguments)
        {
            output.Add((byte)'!');
            output.Add(argument.Replace("!", "\\!", StringComparison.Ordinal));
        }
    }

    private static long SecondsSince(long utcTicks, DateTimeOffset wall) =>
        utcTicks == 0 ? 0 : Math.Max(0, (wall.UtcTicks - utcTicks) / TimeSpan.TicksPerSecond);
}
