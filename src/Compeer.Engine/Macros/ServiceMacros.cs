using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Macros;

/// <summary>Macros about a service: the one in scope, on demand one by names (<c>$SERVICESTATE:web1:HTTP$</c>, an empty host
/// being the one in scope), or all of a group (<c>$SERVICESTATE:group:delimiter$</c>).</summary>
internal static class ServiceMacros
{
    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (!macro.Name.Contains("SERVICE", StringComparison.Ordinal))
        {
            return false;
        }

        if (macro.Arguments == 0)
        {
            return context.Service is { } inScope && TryAdd(macro.Name, inScope, context, output);
        }

        if (macro.Arguments == 1)
        {
            return false;
        }

        var host = macro.First.IsEmpty && context.Host is { } current ? current.Name : macro.First;
        if (context.FindService(host, macro.Second) is { } service)
        {
            return TryAdd(macro.Name, service, context, output);
        }

        if (context.FindServiceGroup(macro.First) is not { } group)
        {
            return false;
        }

        var list = new DelimitedList(output, macro.Second);
        foreach (var member in group.Members)
        {
            list.Begin();
            if (!TryAdd(macro.Name, member, context, output))
            {
                return false;
            }

            list.End();
        }

        return true;
    }

    private static bool TryAdd(ReadOnlySpan<char> name, ServiceDefinition service, MacroContext context, TextBuffer output) =>
        TryAddDefinition(name, service, context, output)
        || TryAddState(name, context.State(service), context, output)
        || EventMacros.TryAdd(name, "SERVICE", service, context.State(service).History, context.Now.Wall, output)
        || NotificationMacros.TryAdd(name, "SERVICE", service, context, output)
        || EntryMacros.TryAdd(name, "SERVICE", CheckableId.Of(service.Id, context.Objects), context, output);

    private static bool TryAddDefinition(
        ReadOnlySpan<char> name, ServiceDefinition service, MacroContext context, TextBuffer output)
    {
        switch (name)
        {
            case "SERVICEDESC":
                output.Add(service.Description);
                return true;
            case "SERVICEDISPLAYNAME":
                output.Add(service.DisplayName);
                return true;
            case "SERVICECHECKCOMMAND":
                StateMacros.AddCommand(service.CheckCommand, output);
                return true;
            case "MAXSERVICEATTEMPTS":
                output.AddNumber(service.Checking.MaxCheckAttempts);
                return true;
            case "SERVICEISVOLATILE":
                output.AddNumber(service.Checking.IsVolatile ? 1 : 0);
                return true;
            case "SERVICEGROUPNAMES":
                var groups = new DelimitedList(output, ",");
                foreach (var group in context.GroupsOf(service))
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
            case "SERVICESTATE":
                output.Add(StateNames.Service(state.State));
                return true;
            case "LASTSERVICESTATE":
                output.Add(StateNames.Service(state.LastState));
                return true;
            case "SERVICESTATEID":
                output.AddNumber(state.State);
                return true;
            case "LASTSERVICESTATEID":
                output.AddNumber(state.LastState);
                return true;
            case "LASTSERVICEOK":
                StateMacros.AddTime(state.LastTimeState0Ticks, output);
                return true;
            case "LASTSERVICEWARNING":
                StateMacros.AddTime(state.LastTimeState1Ticks, output);
                return true;
            case "LASTSERVICECRITICAL":
                StateMacros.AddTime(state.LastTimeState2Ticks, output);
                return true;
            case "LASTSERVICEUNKNOWN":
                StateMacros.AddTime(state.LastTimeState3Ticks, output);
                return true;
            default:
                return StateMacros.TryAdd(name, "SERVICE", state, context.Now.Wall, output);
        }
    }
}
