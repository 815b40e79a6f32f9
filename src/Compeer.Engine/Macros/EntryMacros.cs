using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Macros about downtimes and acknowledgements of a host or service.</summary>
internal static class EntryMacros
{
    /// <param name="name">The macro.</param>
    /// <param name="kind">HOST or SERVICE.</param>
    /// <param name="id">Which.</param>
    /// <param name="context">What there is.</param>
    /// <param name="output">Takes the value.</param>
    public static bool TryAdd(ReadOnlySpan<char> name, string kind, CheckableId id, MacroContext context, TextBuffer output)
    {
        if (!name.StartsWith(kind))
        {
            return false;
        }

        if (name[kind.Length..] is "DOWNTIME")
        {
            output.AddNumber(context.DowntimeDepth(id));
            return true;
        }

        return name[kind.Length..].StartsWith("ACK")
            && TryAdd(name[(kind.Length + "ACK".Length)..], context.AcknowledgementOf(id, context.Now.Wall), context, output);
    }

    private static bool TryAdd(ReadOnlySpan<char> name, Acknowledgement given, MacroContext context, TextBuffer output)
    {
        switch (name)
        {
            case "AUTHOR":
                output.Add(given.Author);
                return true;
            case "COMMENT":
                output.Add(given.Text);
                return true;
            case "AUTHORNAME":
                output.Add(Contact(given, context)?.Name);
                return true;
            case "AUTHORALIAS":
                output.Add(Contact(given, context)?.Alias);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The author may be a contact, or anybody.</summary>
    private static ContactDefinition? Contact(Acknowledgement given, MacroContext context) => context.FindContact(given.Author);
}
