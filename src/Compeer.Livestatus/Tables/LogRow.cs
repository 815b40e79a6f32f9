using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Livestatus.Log;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>A line of the log and what it is about, as far as that is configured now; found when somebody asks for it.</summary>
internal sealed class LogRow(LogLine line, QueryScope scope)
{
    private HostDefinition? _host;
    private bool _isHostSought;

    /// <summary>The line.</summary>
    public LogLine Line => line;

    /// <summary>What was found in it.</summary>
    public LogLineParts Parts => line.Parts;

    /// <summary>The host that it names; null when there is none of that name.</summary>
    public HostDefinition? Host
    {
        get
        {
            if (!_isHostSought)
            {
                _isHostSought = true;
                _host = Parts.Host.Length == 0 ? null : scope.Snapshot.Objects.FindHost(Name(Parts.Host));
            }

            return _host;
        }
    }

    /// <summary>The service.</summary>
    public ServiceDefinition? Service => Parts.Service.Length == 0 || Host is not { } host
        ? null
        : scope.Index.FindService(host.Name, Name(Parts.Service));

    /// <summary>The contact.</summary>
    public ContactDefinition? Contact => Parts.Contact.Length == 0 ? null : scope.Index.FindContact(Name(Parts.Contact));

    /// <summary>The command.</summary>
    public CommandDefinition? Command => Parts.Command.Length == 0
        ? null
        : ConfigurationIndex.Find(scope.Snapshot.Objects.Commands, Name(Parts.Command), static command => command.Name);

    /// <summary>Whether a contact may see it. What is about objects that are there no more nobody may; what is about none everybody.
    /// </summary>
    public bool IsVisibleTo(Authorization user)
    {
        if (Service is { } service)
        {
            return user.Sees(service);
        }

        return Host is { } host
            ? user.Sees(host)
            : Parts.Class is LogClass.Info or LogClass.Program or LogClass.Command;
    }

    private string Name(LogField field) => ConfigurationText.Decode(line.Text(field));
}
