namespace Compeer.Daemon.Nrdp;

/// <summary>The variables of a request: what stands behind the <c>?</c>, and over it what was posted, as PHP reads both. What is not
/// encoded as it should be stays as it is: NRDP's own shell client posts bare XML.</summary>
internal sealed class NrdpForm
{
    /// <summary>Variables that are read at most.</summary>
    private const int Most = 100;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>Reads both.</summary>
    /// <param name="query">With or without its <c>?</c>.</param>
    /// <param name="body">What was posted.</param>
    public NrdpForm(string query, string body)
    {
        Take(query.StartsWith('?') ? query[1..] : query);
        Take(body);
    }

    /// <summary>A variable; null when it is missing or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var values) && values[^1].Length > 0 ? values[^1] : null;

    /// <summary>The variables of a name: all with <c>name[]</c>, else the last.</summary>
    public IReadOnlyList<string> All(string name) =>
        _values.TryGetValue(name + "[]", out var values) ? values : this[name] is { } one ? [one] : [];

    private void Take(string text)
    {
        foreach (var pair in text.Split('&', Most))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                var name = Decode(pair[..equals]);
                if (!_values.TryGetValue(name, out var values))
                {
                    _values[name] = values = [];
                }

                values.Add(Decode(pair[(equals + 1)..]));
            }
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
