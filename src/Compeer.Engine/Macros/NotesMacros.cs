using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Macros;

/// <summary>Notes and URLs of hosts, services and their groups; their text may hold macros itself.</summary>
internal static class NotesMacros
{
    /// <summary>Finds the text. False when it is not such a macro, or its object does not exist.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="context">What it is about.</param>
    /// <param name="text">The text as the configuration has it; null when there is none.</param>
    /// <param name="isUrl">Whether values of macros in it are to be written as parts of a URL.</param>
    public static bool TryFind(in MacroName macro, MacroContext context, out string? text, out bool isUrl)
    {
        text = null;
        isUrl = macro.Name.EndsWith("URL");
        if (!isUrl && !macro.Name.EndsWith("NOTES"))
        {
            return false;
        }

        if (Settings(macro, context, out var field) is not { } settings)
        {
            return false;
        }

        switch (field)
        {
            case "NOTES":
                text = settings.Notes;
                return true;
            case "NOTESURL":
                text = settings.NotesUrl;
                return true;
            case "ACTIONURL":
                text = settings.ActionUrl;
                return true;
            default:
                return false;
        }
    }

    private static PresentationSettings? Settings(in MacroName macro, MacroContext context, out ReadOnlySpan<char> field)
    {
        var name = macro.Name;
        var isOnDemand = macro.Arguments > 0;
        if (name.StartsWith("HOSTGROUP"))
        {
            field = name["HOSTGROUP".Length..];
            var first = context.Host is { } member ? context.GroupsOf(member).FirstOrDefault() : null;
            return (isOnDemand ? context.FindHostGroup(macro.First) : first)?.Presentation;
        }

        if (name.StartsWith("SERVICEGROUP"))
        {
            field = name["SERVICEGROUP".Length..];
            var first = context.Service is { } member ? context.GroupsOf(member).FirstOrDefault() : null;
            return (isOnDemand ? context.FindServiceGroup(macro.First) : first)?.Presentation;
        }

        if (name.StartsWith("HOST"))
        {
            field = name["HOST".Length..];
            return (isOnDemand ? context.FindHost(macro.First) : context.Host)?.Presentation;
        }

        field = name.StartsWith("SERVICE") ? name["SERVICE".Length..] : default;
        var host = macro.First.IsEmpty && context.Host is { } current ? current.Name : macro.First;
        return (isOnDemand ? context.FindService(host, macro.Second) : context.Service)?.Presentation;
    }
}
