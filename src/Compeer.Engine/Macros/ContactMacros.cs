using System.Globalization;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Macros about contacts: on demand, and of the one that a notification goes to. A check has none in scope.</summary>
internal static class ContactMacros
{
    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (!macro.Name.StartsWith("CONTACT"))
        {
            return false;
        }

        if (macro.Arguments == 0)
        {
            return context.Notification?.Contact is { } told && TryAdd(macro.Name, told, context, output);
        }

        if (macro.Name.StartsWith("CONTACTGROUP") && macro.Name is not "CONTACTGROUPNAMES")
        {
            return context.FindContactGroup(macro.First) is { } group && TryAdd(macro.Name, group, output);
        }

        if (macro.Arguments == 1)
        {
            return context.FindContact(macro.First) is { } contact && TryAdd(macro.Name, contact, context, output);
        }

        if (context.FindContactGroup(macro.First) is not { } members)
        {
            return false;
        }

        var list = new DelimitedList(output, macro.Second);
        foreach (var member in members.Members)
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

    private static bool TryAdd(ReadOnlySpan<char> name, ContactDefinition contact, MacroContext context, TextBuffer output)
    {
        switch (name)
        {
            case "CONTACTNAME":
                output.Add(contact.Name);
                return true;
            case "CONTACTALIAS":
                output.Add(contact.Alias);
                return true;
            case "CONTACTEMAIL":
                output.Add(contact.Email);
                return true;
            case "CONTACTPAGER":
                output.Add(contact.Pager);
                return true;
            case "CONTACTGROUPNAMES":
                var list = new DelimitedList(output, ",");
                foreach (var group in context.Objects.ContactGroups)
                {
                    list.Begin();
                    output.Add(group.Members.Contains(contact) ? group.Name : string.Empty);
                    list.End();
                }

                return true;
            default:
                return TryAddAddress(name, contact, output);
        }
    }

    private static bool TryAddAddress(ReadOnlySpan<char> name, ContactDefinition contact, TextBuffer output)
    {
        const string Prefix = "CONTACTADDRESS";
        const int Addresses = 6;
        if (!name.StartsWith(Prefix)
            || !int.TryParse(name[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > Addresses)
        {
            return false;
        }

        output.Add(number <= contact.Addresses.Length ? contact.Addresses[number - 1] : null);
        return true;
    }

    private static bool TryAdd(ReadOnlySpan<char> name, ContactGroupDefinition group, TextBuffer output)
    {
        switch (name)
        {
            case "CONTACTGROUPNAME":
                output.Add(group.Name);
                return true;
            case "CONTACTGROUPALIAS":
                output.Add(group.Alias);
                return true;
            case "CONTACTGROUPMEMBERS":
                var list = new DelimitedList(output, ",");
                foreach (var member in group.Members)
                {
                    list.Begin();
                    output.Add(member.Name);
                    list.End();
                }

                return true;
            default:
                return false;
        }
    }
}
