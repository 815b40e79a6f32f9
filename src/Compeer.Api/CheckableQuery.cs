using System.Globalization;

namespace Compeer.Api;

/// <summary>Which hosts or services are asked for. Conditions that are null are not applied.</summary>
/// <param name="Host">Only this host, or the services of this host.</param>
/// <param name="State">Only those in this state, by its name (see <see cref="CheckableStatus.State"/>), any case.</param>
/// <param name="Limit">At most this many, in the order of names.</param>
public sealed record CheckableQuery(string? Host, string? State, int? Limit)
{
    /// <summary>Everything.</summary>
    public static CheckableQuery All { get; } = new(Host: null, State: null, Limit: null);

    /// <summary>The query part of the address: empty, or beginning with <c>?</c>, escaped.</summary>
    public string ToQueryString()
    {
        var parts = new List<string>(3);
        if (Host is not null)
        {
            parts.Add("host=" + Uri.EscapeDataString(Host));
        }

        if (State is not null)
        {
            parts.Add("state=" + Uri.EscapeDataString(State));
        }

        if (Limit is not null)
        {
            parts.Add("limit=" + Limit.Value.ToString(CultureInfo.InvariantCulture));
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
