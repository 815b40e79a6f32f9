using System.Collections.Immutable;
using System.Globalization;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>
/// Macros as variables of a command's environment, <c>NAGIOS_name</c> (<c>enable_environment_macros</c>, which Nagios 4 has and Naemon
/// does not): all standard ones, those without a value empty; arguments; custom variables of what the command is about. Not
/// <c>$USERn$</c>, which hold secrets.
/// </summary>
/// <param name="context">What the macros are about.</param>
/// <param name="tryAdd">Adds the value of a macro, by its name.</param>
internal sealed class MacroEnvironment(MacroContext context, MacroEnvironment.TryAddMacro tryAdd)
{
    /// <summary>The longest value, bytes; the rest is cut. A kernel refuses one of 128 KiB.</summary>
    private const int LongestValue = 1 << 16;

    /// <summary>The most of all; what comes after is left out. A kernel refuses what is more than a quarter of the stack.</summary>
    private const int Most = 1 << 19;

    private const int Addresses = 6;

    private static readonly ImmutableArray<string> Standard =
    [
        "HOSTNAME", "HOSTALIAS", "HOSTADDRESS", "SERVICEDESC", "SERVICESTATE", "SERVICESTATEID", "SERVICEATTEMPT", "LONGDATETIME",
        "SHORTDATETIME", "DATE", "TIME", "TIMET", "LASTHOSTCHECK", "LASTSERVICECHECK", "LASTHOSTSTATECHANGE", "LASTSERVICESTATECHANGE",
        "HOSTOUTPUT", "SERVICEOUTPUT", "HOSTPERFDATA", "SERVICEPERFDATA", "CONTACTNAME", "CONTACTALIAS", "CONTACTEMAIL",
        "CONTACTPAGER", "ADMINEMAIL", "ADMINPAGER", "HOSTSTATE", "HOSTSTATEID", "HOSTATTEMPT", "NOTIFICATIONTYPE",
        "NOTIFICATIONNUMBER", "HOSTEXECUTIONTIME", "SERVICEEXECUTIONTIME", "HOSTLATENCY", "SERVICELATENCY", "HOSTDURATION",
        "SERVICEDURATION", "HOSTDURATIONSEC", "SERVICEDURATIONSEC", "HOSTDOWNTIME", "SERVICEDOWNTIME", "HOSTSTATETYPE",
        "SERVICESTATETYPE", "HOSTPERCENTCHANGE", "SERVICEPERCENTCHANGE", "HOSTGROUPNAME", "HOSTGROUPALIAS", "SERVICEGROUPNAME",
        "SERVICEGROUPALIAS", "HOSTACKAUTHOR", "HOSTACKCOMMENT", "SERVICEACKAUTHOR", "SERVICEACKCOMMENT", "LASTSERVICEOK",
        "LASTSERVICEWARNING", "LASTSERVICEUNKNOWN", "LASTSERVICECRITICAL", "LASTHOSTUP", "LASTHOSTDOWN", "LASTHOSTUNREACHABLE",
        "SERVICECHECKCOMMAND", "HOSTCHECKCOMMAND", "MAINCONFIGFILE", "STATUSDATAFILE", "HOSTDISPLAYNAME", "SERVICEDISPLAYNAME",
        "RETENTIONDATAFILE", "OBJECTCACHEFILE", "TEMPFILE", "LOGFILE", "RESOURCEFILE", "COMMANDFILE", "HOSTPERFDATAFILE",
        "SERVICEPERFDATAFILE", "HOSTACTIONURL", "HOSTNOTESURL", "HOSTNOTES", "SERVICEACTIONURL", "SERVICENOTESURL", "SERVICENOTES",
        "TOTALHOSTSUP", "TOTALHOSTSDOWN", "TOTALHOSTSUNREACHABLE", "TOTALHOSTSDOWNUNHANDLED", "TOTALHOSTSUNREACHABLEUNHANDLED",
        "TOTALHOSTPROBLEMS", "TOTALHOSTPROBLEMSUNHANDLED", "TOTALSERVICESOK", "TOTALSERVICESWARNING", "TOTALSERVICESCRITICAL",
        "TOTALSERVICESUNKNOWN", "TOTALSERVICESWARNINGUNHANDLED", "TOTALSERVICESCRITICALUNHANDLED", "TOTALSERVICESUNKNOWNUNHANDLED",
        "TOTALSERVICEPROBLEMS", "TOTALSERVICEPROBLEMSUNHANDLED", "PROCESSSTARTTIME", "HOSTCHECKTYPE", "SERVICECHECKTYPE",
        "LONGHOSTOUTPUT", "LONGSERVICEOUTPUT", "TEMPPATH", "HOSTNOTIFICATIONNUMBER", "SERVICENOTIFICATIONNUMBER", "HOSTNOTIFICATIONID",
        "SERVICENOTIFICATIONID", "HOSTEVENTID", "LASTHOSTEVENTID", "SERVICEEVENTID", "LASTSERVICEEVENTID", "HOSTGROUPNAMES",
        "SERVICEGROUPNAMES", "HOSTACKAUTHORNAME", "HOSTACKAUTHORALIAS", "SERVICEACKAUTHORNAME", "SERVICEACKAUTHORALIAS",
        "MAXHOSTATTEMPTS", "MAXSERVICEATTEMPTS", "SERVICEISVOLATILE", "TOTALHOSTSERVICES", "TOTALHOSTSERVICESOK",
        "TOTALHOSTSERVICESWARNING", "TOTALHOSTSERVICESUNKNOWN", "TOTALHOSTSERVICESCRITICAL", "HOSTGROUPNOTES", "HOSTGROUPNOTESURL",
        "HOSTGROUPACTIONURL", "SERVICEGROUPNOTES", "SERVICEGROUPNOTESURL", "SERVICEGROUPACTIONURL", "HOSTGROUPMEMBERS",
        "SERVICEGROUPMEMBERS", "CONTACTGROUPNAME", "CONTACTGROUPALIAS", "CONTACTGROUPMEMBERS", "CONTACTGROUPNAMES",
        "NOTIFICATIONRECIPIENTS", "NOTIFICATIONISESCALATED", "NOTIFICATIONAUTHOR", "NOTIFICATIONAUTHORNAME", "NOTIFICATIONAUTHORALIAS",
        "NOTIFICATIONCOMMENT", "EVENTSTARTTIME", "HOSTPROBLEMID", "LASTHOSTPROBLEMID", "SERVICEPROBLEMID", "LASTSERVICEPROBLEMID",
        "ISVALIDTIME", "NEXTVALIDTIME", "LASTHOSTSTATE", "LASTHOSTSTATEID", "LASTSERVICESTATE", "LASTSERVICESTATEID", "HOSTVALUE",
        "SERVICEVALUE", "PROBLEMVALUE", "HOSTPROBLEMSTART", "HOSTPROBLEMEND", "HOSTPROBLEMDURATIONSEC", "HOSTPROBLEMDURATION",
        "SERVICEPROBLEMSTART", "SERVICEPROBLEMEND", "SERVICEPROBLEMDURATIONSEC", "SERVICEPROBLEMDURATION",
    ];

    private readonly TextBuffer _text = new();

    /// <summary>Adds the value of a macro; false when there is none.</summary>
    public delegate bool TryAddMacro(ReadOnlySpan<char> name, TextBuffer output);

    /// <summary>The variables, each ended by a NUL.</summary>
    public byte[] Write()
    {
        _text.Truncate(0);
        foreach (var name in Standard)
        {
            Add(name, name);
        }

        for (var number = 1; number <= EngineLimits.Arguments; number++)
        {
            Add(Numbered("ARG", number), Numbered("ARG", number));
        }

        AddCustom("_HOST", context.Host is { } host ? context.VariablesOf(host) : []);
        AddCustom("_SERVICE", context.Service is { } service ? context.VariablesOf(service) : []);
        if (context.Notification?.Contact is { } contact)
        {
            AddCustom("_CONTACT", context.ContactVariablesOf(contact));
            for (var number = 1; number <= Addresses; number++)
            {
                // Nagios counts the macros from 1 and the variables from 0.
                Add(Numbered("CONTACTADDRESS", number - 1), Numbered("CONTACTADDRESS", number));
            }
        }

        return _text.ToArray();
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");

    private void AddCustom(string kind, ImmutableArray<KeyValuePair<string, string>> variables)
    {
        foreach ((var name, _) in variables)
        {
            if (!name.Contains('=', StringComparison.Ordinal))
            {
                Add(kind + name, kind + name);
            }
        }
    }

    private void Add(string variable, string macro)
    {
        var start = _text.Length;
        _text.Add("NAGIOS_"u8);
        _text.Add(variable);
        _text.Add((byte)'=');
        var value = _text.Length;
        if (!tryAdd(macro, _text))
        {
            _text.Truncate(value);
        }

        var end = _text.Written[value..].IndexOf((byte)0);
        _text.Truncate(value + Math.Min(LongestValue, end < 0 ? _text.Length - value : end));
        _text.Add((byte)0);
        if (_text.Length > Most)
        {
            _text.Truncate(start);
        }
    }
}
