using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Writes dependencies and escalations for the object cache.</summary>
internal sealed class RelationCacheWriter(ObjectTextWriter text, TimeSpan intervalLength, bool isReadAgain)
{
    public void Write(ObjectConfiguration configuration)
    {
        foreach (var dependency in configuration.ServiceDependencies)
        {
            text.Begin("servicedependency");
            text.Text("host_name", dependency.Master.Host.Name);
            text.Text("service_description", dependency.Master.Description);
            text.Text("dependent_host_name", dependency.Dependent.Host.Name);
            text.Text("dependent_service_description", dependency.Dependent.Description);
            WriteDependency(
                dependency.Kind,
                dependency.Period,
                dependency.InheritsParent,
                OptionText.Format(dependency.FailureOptions, 'o'));
        }

        foreach (var escalation in configuration.ServiceEscalations)
        {
            text.Begin("serviceescalation");
            text.Text("host_name", escalation.Service.Host.Name);
            text.Text("service_description", escalation.Service.Description);
            WriteEscalation(escalation.Settings, escalation.Service);
        }

        foreach (var dependency in configuration.HostDependencies)
        {
            text.Begin("hostdependency");
            text.Text("host_name", dependency.Master.Name);
            text.Text("dependent_host_name", dependency.Dependent.Name);
            WriteDependency(
                dependency.Kind,
                dependency.Period,
                dependency.InheritsParent,
                OptionText.Format(dependency.FailureOptions, 'o'));
        }

        foreach (var escalation in configuration.HostEscalations)
        {
            text.Begin("hostescalation");
            text.Text("host_name", escalation.Host.Name);
            WriteEscalation(escalation.Settings, escalation.Host);
        }
    }

    private void WriteDependency(DependencyKind kind, TimePeriodDefinition? period, bool inheritsParent, string options)
    {
        text.Text("dependency_period", period?.Name);
        text.Boolean("inherits_parent", inheritsParent);
        var name = kind == DependencyKind.Execution ? "execution_failure_options" : "notification_failure_options";
        text.Text(name, options);
        text.End();
    }

    private void WriteEscalation(EscalationSettings settings, CheckableDefinition checkable)
    {
        text.Number("first_notification", settings.FirstNotification);
        text.Number("last_notification", settings.LastNotification);
        text.Decimal("notification_interval", settings.NotificationInterval / intervalLength);
        text.Text("escalation_period", settings.Period?.Name ?? Cancelled(checkable.Notifying.Period is not null));
        text.Text("escalation_options", OptionText.Format(settings.Options, 'r'));
        text.List("contacts", settings.Contacts, c => c.Name);
        text.List("contact_groups", settings.ContactGroups, g => g.Name);
        text.Text("contacts", Cancelled(
            settings.Contacts.IsEmpty && settings.ContactGroups.IsEmpty
            && !(checkable.Contacts.IsEmpty && checkable.ContactGroups.IsEmpty)));
        text.End();
    }

    /// <summary>What an escalation would take from its host or service, and does not have.</summary>
    private string? Cancelled(bool isThere) => isReadAgain && isThere ? ReadableForm.Cancelled : null;
}
