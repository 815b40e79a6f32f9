using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Macros;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Snapshot;

/// <summary>Replaces macros in texts that are shown, such as notes, by what a snapshot has. One thread at a time.</summary>
public sealed class SnapshotMacros
{
    private readonly EngineSnapshot _snapshot;
    private readonly MacroExpander _expander;

    /// <summary>For one snapshot.</summary>
    public SnapshotMacros(EngineSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _snapshot = snapshot;
        var configuration = snapshot.Configuration;
        _expander = new MacroExpander(new MacroContext(
            configuration.Main,
            configuration.Objects,
            snapshot.States,
            new TimePeriodClock(configuration.Zone),
            NotificationColumn.Of(snapshot.Told))
        {
            ContactVariablesOf = contact => snapshot.ChangedContacts.TryGetValue(contact.Name, out var changed)
                ? changed.CustomVariables
                : contact.CustomVariables,
        });
    }

    /// <summary>The text with its macros replaced; as it is when that would be too long.</summary>
    /// <param name="subject">The host or service that it is about.</param>
    /// <param name="text">The text.</param>
    public byte[] Expand(CheckableDefinition subject, string text)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(text);
        return _expander.Expand(subject, text, _snapshot.TakenAt) ?? ConfigurationText.Encode(text);
    }
}
