using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Macros about the program and its files.</summary>
internal static class ProgramMacros
{
    public static bool TryAdd(in MacroName macro, MacroContext context, TextBuffer output)
    {
        if (macro.Arguments > 0)
        {
            return false;
        }

        switch (macro.Name)
        {
            case "MAINCONFIGFILE":
                output.Add(context.Main.Path);
                return true;
            case "LOGFILE":
                output.Add(context.Main.LogFile);
                return true;
            case "RESOURCEFILE":
                output.Add(context.Main.ResourceFiles.FirstOrDefault());
                return true;
            case "ADMINEMAIL":
                output.Add(context.Main.AdminEmail);
                return true;
            case "ADMINPAGER":
                output.Add(context.Main.AdminPager);
                return true;
            case "PROCESSSTARTTIME" or "EVENTSTARTTIME":
                output.AddNumber(context.Started.ToUnixTimeSeconds());
                return true;
            default:
                return TryAddFile(macro.Name, context, output);
        }
    }

    /// <summary>Files that the main configuration names; nothing when it does not.</summary>
    private static bool TryAddFile(ReadOnlySpan<char> name, MacroContext context, TextBuffer output)
    {
        var main = context.Main;
        (var isKnown, var file) = name switch
        {
            "STATUSDATAFILE" => (true, main.StatusFile),
            "RETENTIONDATAFILE" => (true, main.StateRetentionFile),
            "OBJECTCACHEFILE" => (true, main.ObjectCacheFile),
            "TEMPFILE" => (true, main.TempFile),
            "TEMPPATH" => (true, main.TempPath),
            "COMMANDFILE" => (true, main.CommandFile),
            "HOSTPERFDATAFILE" => (true, main.HostPerformanceDataFile),
            "SERVICEPERFDATAFILE" => (true, main.ServicePerformanceDataFile),
            _ => (false, null),
        };
        output.Add(file);
        return isKnown;
    }
}
