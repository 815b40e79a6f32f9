using System.Collections.Immutable;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Custom variables: <c>$_HOSTname$</c>, <c>$_SERVICEname$</c>, <c>$_CONTACTname:contact$</c>, names in upper case;
/// on demand with the object's name, or a group's and a delimiter.</summary>
internal static class CustomMacros
{
    private const string HostPrefix = "_HOST";
    private const string ServicePrefix = "_SERVICE";
    private const string ContactPrefix = "_CONTACT";

    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (macro.Name.StartsWith(HostPrefix))
        {
            return TryAddHost(macro, context, output);
        }

        if (macro.Name.StartsWith(ServicePrefix))
        {
            return TryAddService(macro, context, output);
        }

        return macro.Name.StartsWith(ContactPrefix)
            && (macro.Arguments == 0 ? context.Notification?.Contact : macro.Arguments == 1 ? context.FindContact(macro.First) : null)
                is { } contact
            && TryAdd(context.ContactVariablesOf(contact), macro.Name[ContactPrefix.Length..], output);
    }

    private static bool TryAddHost(in MacroName macro, MacroContext context, TextBuffer output)
    {
        var name = macro.Name[HostPrefix.Length..];
        if (macro.Arguments < 2)
        {
            var host = macro.Arguments == 0 ? context.Host : context.FindHost(macro.First);
            return host is not null && TryAdd(context.VariablesOf(host), name, output);
        }

        if (context.FindHostGroup(macro.First) is not { } group)
        {
            return false;
        }

        var list = new DelimitedList(output, macro.Second);
        foreach (var host in group.Members)
        {
            list.Begin();
            TryAdd(context.VariablesOf(host), name, output);
            list.End();
        }

        return true;
    }

    private static bool TryAddService(in MacroName macro, MacroContext context, TextBuffer output)
    {
        var name = macro.Name[ServicePrefix.Length..];
        if (macro.Arguments == 0)
        {
            return context.Service is { } inScope && TryAdd(context.VariablesOf(inScope), name, output);
        }

        var host = macro.First.IsEmpty && context.Host is { } current ? current.Name : macro.First;
        if (macro.Arguments == 2 && context.FindService(host, macro.Second) is { } service)
        {
            return TryAdd(context.VariablesOf(service), name, output);
        }

        if (macro.Arguments != 2 || context.FindServiceGroup(macro.First) is not { } group)
        {
            return false;
        }

        var list = new DelimitedList(output, macro.Second);
        foreach (var member in group.Members)
        {
            list.Begin();
            TryAdd(context.VariablesOf(member), name, output);
            list.End();
        }

        return true;
    }

    private static bool TryAdd(
        ImmutableArray<KeyValuePair<string, string>> variables, ReadOnlySpan<char> name, TextBuffer output)
    {
        foreach ((var key, var value) in variables)
        {
            if (name.SequenceEqual(key))
            {
                output.Add(value);
                return true;
            }
        }

        return false;
    }
}
