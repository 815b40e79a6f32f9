using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Writes hosts and services for the object cache.</summary>
internal sealed class CheckableCacheWriter(ObjectTextWriter text, TimeSpan intervalLength, ReadableForm? form)
{
    public void Write(HostDefinition host)
    {
        text.Begin("host");
        text.Text("host_name", host.Name);
        text.Text("display_name", host.DisplayName == host.Name ? null : host.DisplayName);
        text.Text("alias", host.Alias);
        text.Text("address", host.Address);
        text.List("parents", form is null ? host.Parents : Included(host.Parents, p => p), p => p.Name);
        WriteReferences(host, parent: null);
        Text("initial_state", host.Checking.InitialState switch { 1 => "d", 2 => "u", _ => "o" }, usual: "o");
        WriteChecking(host, isService: false);
        WriteRest(host);
        text.CustomVariables(host.CustomVariables);
        text.End();
    }

    public void Write(ServiceDefinition service)
    {
        text.Begin("service");
        text.Text("host_name", service.Host.Name);
        text.Text("service_description", service.Description);
        text.Text("display_name", service.DisplayName == service.Description ? null : service.DisplayName);
        WriteParents(service);
        WriteReferences(service, service.Host);
        Text("initial_state", service.Checking.InitialState switch { 1 => "w", 2 => "c", 3 => "u", _ => "o" }, usual: "o");
        WriteChecking(service, isService: true);
        WriteRest(service);
        text.CustomVariables(service.CustomVariables);
        text.End();
    }

    /// <summary>One parent on the same host is written with its description alone.</summary>
    private void WriteParents(ServiceDefinition service)
    {
        var parents = form is null ? service.Parents : Included(service.Parents, p => p.Host);
        if (parents.Length == 1 && parents[0].Host == service.Host)
        {
            text.Text("parents", parents[0].Description);
        }
        else
        {
            text.List("parents", parents, p => $"{p.Host.Name},{p.Description}");
        }
    }

    private ImmutableArray<T> Included<T>(ImmutableArray<T> parents, Func<T, HostDefinition> hostOf) =>
        parents.All(parent => form!.IsIncluded(hostOf(parent)))
            ? parents
            : [.. parents.Where(parent => form!.IsIncluded(hostOf(parent)))];

    /// <param name="checkable">The host or service.</param>
    /// <param name="parent">The host from which it takes what it does not have; null for none.</param>
    private void WriteReferences(CheckableDefinition checkable, HostDefinition? parent)
    {
        text.Text("check_period", checkable.Checking.CheckPeriod?.Name ?? Cancelled(parent?.Checking.CheckPeriod is not null));
        text.Command("check_command", checkable.CheckCommand);
        text.Command("event_handler", checkable.Processing.EventHandler);
        text.List("contacts", checkable.Contacts, c => c.Name);
        text.List("contact_groups", checkable.ContactGroups, g => g.Name);
        text.Text("contacts", Cancelled(
            checkable.Contacts.IsEmpty && checkable.ContactGroups.IsEmpty
            && parent is not null && !(parent.Contacts.IsEmpty && parent.ContactGroups.IsEmpty)));
        text.Text("notification_period", checkable.Notifying.Period?.Name ?? Cancelled(parent?.Notifying.Period is not null));
    }

    /// <summary>What a service would take from its host, and does not have.</summary>
    private string? Cancelled(bool isThere) => form is not null && isThere ? ReadableForm.Cancelled : null;

    private void WriteChecking(CheckableDefinition checkable, bool isService)
    {
        var checking = checkable.Checking;
        if (checking.CheckTimeout != (isService ? form?.ServiceCheckTimeout : form?.HostCheckTimeout))
        {
            text.Number("check_timeout", (int)checking.CheckTimeout.TotalSeconds);
        }

        text.Number("hourly_value", checkable.Processing.HourlyValue);
        text.Decimal("check_interval", checking.CheckInterval / intervalLength);
        text.Decimal("retry_interval", checking.RetryInterval / intervalLength);
        text.Number("max_check_attempts", checking.MaxCheckAttempts);
        if (isService)
        {
            Boolean("is_volatile", checking.IsVolatile, usual: false);
        }

        Boolean("active_checks_enabled", checking.ActiveChecksEnabled, usual: true);
        Boolean("passive_checks_enabled", checking.PassiveChecksEnabled, usual: true);
        Boolean("obsess", checkable.Processing.Obsess, usual: true);
        Boolean("event_handler_enabled", checkable.Processing.EventHandlerEnabled, usual: true);
    }

    private void WriteRest(CheckableDefinition checkable)
    {
        var flapping = checkable.FlapDetection;
        var processing = checkable.Processing;
        var notifying = checkable.Notifying;
        Decimal("low_flap_threshold", flapping.LowThreshold);
        Decimal("high_flap_threshold", flapping.HighThreshold);
        Boolean("flap_detection_enabled", flapping.Enabled, usual: true);
        Text("flap_detection_options", OptionText.Format(flapping.Options, 'o'), usual: "a");
        Decimal("freshness_threshold", processing.FreshnessThreshold, isWhole: true);
        Boolean("check_freshness", processing.CheckFreshness, usual: false);
        Text("notification_options", OptionText.Format(notifying.Options, 'r'), usual: "a");
        Boolean("notifications_enabled", notifying.Enabled, usual: true);
        text.Decimal("notification_interval", notifying.Interval / intervalLength);
        Decimal("first_notification_delay", notifying.FirstDelay / intervalLength);
        Text("stalking_options", OptionText.Format(processing.StalkingOptions, 'o'), usual: "n");
        Boolean("process_perf_data", processing.ProcessPerformanceData, usual: true);
        WritePresentation(checkable.Presentation);
        Boolean("retain_status_information", processing.RetainStatusInformation, usual: true);
        Boolean("retain_nonstatus_information", processing.RetainNonStatusInformation, usual: true);
    }

    /// <summary>The cache has every directive; what is read again need not have those that say what holds without them, in Naemon and in
    /// Nagios. (That an object has another <c>hourly_value</c> without one, the two disagree about.)</summary>
    private void Text(string name, string value, string usual)
    {
        if (form is null || value != usual)
        {
            text.Text(name, value);
        }
    }

    private void Boolean(string name, bool value, bool usual)
    {
        if (form is null || value != usual)
        {
            text.Boolean(name, value);
        }
    }

    /// <summary>A number that is zero without the directive.</summary>
    private void Decimal(string name, double value, bool isWhole = false)
    {
        if (form is not null && value == 0)
        {
            return;
        }

        if (isWhole)
        {
            text.Number(name, (int)value);
        }
        else
        {
            text.Decimal(name, value);
        }
    }

    private void WritePresentation(PresentationSettings presentation)
    {
        text.Text("icon_image", presentation.IconImage);
        text.Text("icon_image_alt", presentation.IconImageAlt);
        text.Text("vrml_image", presentation.VrmlImage);
        text.Text("statusmap_image", presentation.StatusMapImage);
        if (presentation.Coordinates2D is { } flat)
        {
            text.Text("2d_coords", string.Create(CultureInfo.InvariantCulture, $"{flat.X},{flat.Y}"));
        }

        if (presentation.Coordinates3D is { } space)
        {
            text.Text("3d_coords", string.Create(CultureInfo.InvariantCulture, $"{space.X:F6},{space.Y:F6},{space.Z:F6}"));
        }

        text.Text("notes", presentation.Notes);
        text.Text("notes_url", presentation.NotesUrl);
        text.Text("action_url", presentation.ActionUrl);
    }
}
