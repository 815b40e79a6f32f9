using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Macros about the program and its files; and those about notifications, which a check has none of, so that they
/// become nothing (Naemon).</summary>
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
                return macro.Name is "STATUSDATAFILE" or "RETENTIONDATAFILE" or "OBJECTCACHEFILE" or "TEMPFILE" or "TEMPPATH"
                    or "COMMANDFILE" or "HOSTPERFDATAFILE" or "SERVICEPERFDATAFILE" or "NOTIFICATIONTYPE"
                    or "NOTIFICATIONNUMBER" or "NOTIFICATIONRECIPIENTS" or "NOTIFICATIONISESCALATED"
                    or "NOTIFICATIONAUTHOR" or "NOTIFICATIONAUTHORNAME" or "NOTIFICATIONAUTHORALIAS"
                    or "NOTIFICATIONCOMMENT";
        }
    }
}
