using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Macros about a host group or service group: the first of the object in scope, or one by name.</summary>
internal static class GroupMacros
{
    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (macro.Name.StartsWith("HOSTGROUP"))
        {
            var group = macro.Arguments == 0
                ? context.Host is { } host ? context.GroupsOf(host).FirstOrDefault() : null
                : context.FindHostGroup(macro.First);
            return group is not null && TryAdd(macro.Name["HOSTGROUP".Length..], group, output);
        }

        if (macro.Name.StartsWith("SERVICEGROUP"))
        {
            var group = macro.Arguments == 0
                ? context.Service is { } service ? context.GroupsOf(service).FirstOrDefault() : null
                : context.FindServiceGroup(macro.First);
            return group is not null && TryAdd(macro.Name["SERVICEGROUP".Length..], group, output);
        }

        return false;
    }

    private static bool TryAdd(ReadOnlySpan<char> name, HostGroupDefinition group, TextBuffer output)
    {
        if (name is not "MEMBERS")
        {
            return TryAdd(name, group.Name, group.Alias, output);
        }

        var list = new DelimitedList(output, ",");
        foreach (var host in group.Members)
        {
            list.Begin();
            output.Add(host.Name);
            list.End();
        }

        return true;
    }

    private static bool TryAdd(ReadOnlySpan<char> name, ServiceGroupDefinition group, TextBuffer output)
    {
        if (name is not "MEMBERS")
        {
            return TryAdd(name, group.Name, group.Alias, output);
        }

        var list = new DelimitedList(output, ",");
        foreach (var service in group.Members)
        {
            list.Begin();
            output.Add(service.Host.Name);
            output.Add((byte)',');
            output.Add(service.Description);
            list.End();
        }

        return true;
    }

    private static bool TryAdd(ReadOnlySpan<char> name, string groupName, string alias, TextBuffer output)
    {
        switch (name)
        {
            case "NAME":
                output.Add(groupName);
                return true;
            case "ALIAS":
                output.Add(alias);
                return true;
            default:
                return false;
        }
    }
}
