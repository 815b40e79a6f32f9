using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Macros;

/// <summary>Macros about a host: the one in scope, on demand one by name (<c>$HOSTSTATE:web1$</c>), or all of a group
/// (<c>$HOSTSTATE:group:delimiter$</c>).</summary>
internal static class HostMacros
{
    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (!macro.Name.Contains("HOST", StringComparison.Ordinal) && !macro.Name.EndsWith("VALUE"))
        {
            return false;
        }

        if (macro.Arguments < 2)
        {
            var host = macro.Arguments == 0 ? context.Host : context.FindHost(macro.First);
            return host is not null && TryAdd(macro.Name, host, context, output);
        }

        if (context.FindHostGroup(macro.First) is not { } group)
        {
            return false;
        }

        var list = new DelimitedList(output, macro.Second);
        foreach (var host in group.Members)
        {
            list.Begin();
            if (!TryAdd(macro.Name, host, context, output))
            {
                return false;
            }

            list.End();
        }

        return true;
    }

    private static bool TryAdd(ReadOnlySpan<char> name, HostDefinition host, MacroContext context, TextBuffer output) =>
        TryAddDefinition(name, host, context, output)
        || TryAddState(name, context.State(host), context, output)
        || EventMacros.TryAdd(name, "HOST", host, context.State(host).History, context.Now.Wall, output)
        || TryAddValue(name, host, context, output)
        || TryAddServiceTotal(name, host, context, output)
        || NotificationMacros.TryAdd(name, "HOST", host, context, output)
        || EntryMacros.TryAdd(name, "HOST", CheckableId.Of(host.Id), context, output);

    private static bool TryAddDefinition(ReadOnlySpan<char> name, HostDefinition host, MacroContext context, TextBuffer output)
    {
        switch (name)
        {
            case "HOSTNAME":
                output.Add(host.Name);
                return true;
            case "HOSTALIAS":
                output.Add(host.Alias);
                return true;
            case "HOSTADDRESS":
                output.Add(host.Address);
                return true;
            case "HOSTDISPLAYNAME":
                output.Add(host.DisplayName);
                return true;
            case "HOSTCHECKCOMMAND":
                StateMacros.AddCommand(host.CheckCommand, output);
                return true;
            case "MAXHOSTATTEMPTS":
                output.AddNumber(host.Checking.MaxCheckAttempts);
                return true;
            case "HOSTGROUPNAMES":
                var groups = new DelimitedList(output, ",");
                foreach (var group in context.GroupsOf(host))
                {
                    groups.Begin();
                    output.Add(group.Name);
                    groups.End();
                }

                return true;
            default:
                return false;
        }
    }

    private static bool TryAddState(ReadOnlySpan<char> name, CheckState state, MacroContext context, TextBuffer output)
    {
        switch (name)
        {
            case "HOSTSTATE":
                output.Add(StateNames.Host(state.State));
                return true;
            case "LASTHOSTSTATE":
                output.Add(StateNames.Host(state.LastState));
                return true;
            case "HOSTSTATEID":
                output.AddNumber(state.State);
                return true;
            case "LASTHOSTSTATEID":
                output.AddNumber(state.LastState);
                return true;
            case "LASTHOSTUP":
                StateMacros.AddTime(state.LastTimeState0Ticks, output);
                return true;
            case "LASTHOSTDOWN":
                StateMacros.AddTime(state.LastTimeState1Ticks, output);
                return true;
            case "LASTHOSTUNREACHABLE":
                StateMacros.AddTime(state.LastTimeState2Ticks, output);
                return true;
            default:
                return StateMacros.TryAdd(name, "HOST", state, context.Now.Wall, output);
        }
    }

    private static bool TryAddServiceTotal(
        ReadOnlySpan<char> name, HostDefinition host, MacroContext context, TextBuffer output)
    {
        var wanted = name switch
        {
            "TOTALHOSTSERVICES" => -1,
            "TOTALHOSTSERVICESOK" => PluginState.Ok,
            "TOTALHOSTSERVICESWARNING" => PluginState.Warning,
            "TOTALHOSTSERVICESCRITICAL" => PluginState.Critical,
            "TOTALHOSTSERVICESUNKNOWN" => PluginState.Unknown,
            _ => -2,
        };
        if (wanted == -2)
        {
            return false;
        }

        var count = 0;
        foreach (var service in context.ServicesOf(host))
        {
            count += wanted == -1 || context.State(service).State == wanted ? 1 : 0;
        }

        output.AddNumber(count);
        return true;
    }

    /// <summary>What the outage of a host costs, by <c>hourly_value</c>: its own, that of its services, both.</summary>
    private static bool TryAddValue(ReadOnlySpan<char> name, HostDefinition host, MacroContext context, TextBuffer output)
    {
        if (name is not ("HOSTVALUE" or "SERVICEVALUE" or "PROBLEMVALUE"))
        {
            return false;
        }

        long value = name is "SERVICEVALUE" ? 0 : host.Processing.HourlyValue;
        foreach (var service in name is "HOSTVALUE" ? [] : context.ServicesOf(host))
        {
            value += service.Processing.HourlyValue;
        }

        output.AddNumber(value);
        return true;
    }
}
