using System.Globalization;
using Compeer.Configuration.Text;
using Microsoft.AspNetCore.Http;

namespace Compeer.Daemon.Http;

/// <summary>Which hosts or services a request asks for.</summary>
internal sealed record CheckableFilter(string? Host, string? State, int Limit)
{
    /// <summary>Whether an object of this host in this state is asked for.</summary>
    public bool Accepts(string host, string state) =>
        (Host is null || Host == ConfigurationText.Readable(host))
        && (State is null || State.Equals(state, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the query; null with the problem when a value is not allowed.</summary>
    public static CheckableFilter? Parse(IQueryCollection query, IReadOnlyList<string> states, out string problem)
    {
        problem = "";
        foreach (var key in query.Keys)
        {
            if (key is not ("host" or "state" or "limit"))
            {
                problem = $"unknown parameter '{key}'; host, state and limit are allowed";
                return null;
            }
        }

        string? state = query["state"];
        if (state is not null && !states.Contains(state, StringComparer.OrdinalIgnoreCase))
        {
            problem = $"unknown state '{state}'; allowed: {string.Join(", ", states)}";
            return null;
        }

        var limit = int.MaxValue;
        string? limitText = query["limit"];
        if (limitText is not null
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
        {
            problem = $"limit '{limitText}' is not a whole number from 1";
            return null;
        }

        return new CheckableFilter(query["host"], state, limit);
    }
}
