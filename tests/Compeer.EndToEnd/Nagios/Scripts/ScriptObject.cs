using System.Text;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>An object of a script: <c>host web@ max_check_attempts=2</c>. What is not said has values that keep quiet: no active checks, no
/// flapping, one notification a problem.</summary>
internal sealed class ScriptObject
{
    /// <summary>What only mond is told: a planted difference.</summary>
    private const string Planted = "mond:";

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["host"] = ["host_name"],
        ["service"] = ["host_name", "service_description"],
        ["hostgroup"] = ["hostgroup_name"],
        ["servicegroup"] = ["servicegroup_name"],
        ["contact"] = ["contact_name"],
        ["contactgroup"] = ["contactgroup_name"],
        ["timeperiod"] = ["timeperiod_name"],
        ["command"] = ["command_name"],
        ["hostdependency"] = ["host_name", "dependent_host_name"],
        ["servicedependency"] = ["host_name", "service_description", "dependent_host_name", "dependent_service_description"],
        ["hostescalation"] = ["host_name"],
        ["serviceescalation"] = ["host_name", "service_description"],
    };

    private static readonly string[] Checkable =
    [
        "max_check_attempts 3", "check_interval 86400", "retry_interval 86400", "active_checks_enabled 0", "check_period always",
        "notification_period always", "notification_interval 0", "flap_detection_enabled 0", "check_command say!3!unplanned",
        "contacts nobody",
    ];

    private static readonly Dictionary<string, string[]> Defaults = new(StringComparer.Ordinal)
    {
        ["host"] = [.. Checkable, "address 127.0.0.1"],
        ["service"] = Checkable,
        ["contact"] =
        [
            "host_notification_commands notify-host", "service_notification_commands notify-service",
            "host_notification_period always", "service_notification_period always",
            "host_notification_options d,u,r,f,s", "service_notification_options w,u,c,r,f,s",
        ],
        ["hostgroup"] = ["alias group"],
        ["servicegroup"] = ["alias group"],
        ["contactgroup"] = ["alias group"],
        ["timeperiod"] = ["alias period"],
    };

    private readonly string _type;
    private readonly List<(string Key, string Value)> _lines = [];
    private readonly Dictionary<string, string> _planted = new(StringComparer.Ordinal);

    private ScriptObject(string type) => _type = type;

    /// <summary>Reads a line; null when it defines no object.</summary>
    /// <exception cref="ScriptException">It defines one that has no such form.</exception>
    public static ScriptObject? Parse(string line)
    {
        var words = Words(line);
        if (!Names.TryGetValue(words[0], out var names))
        {
            return null;
        }

        if (words.Count <= names.Length)
        {
            throw new ScriptException($"a {words[0]} begins with {string.Join(' ', names)}: {line}");
        }

        var made = new ScriptObject(words[0]);
        foreach (var entry in Defaults.GetValueOrDefault(words[0], []))
        {
            var blank = entry.IndexOf(' ', StringComparison.Ordinal);
            made.Set(entry[..blank], entry[(blank + 1)..]);
        }

        for (var place = 0; place < names.Length; place++)
        {
            made.Set(names[place], words[place + 1]);
        }

        foreach (var word in words.Skip(names.Length + 1))
        {
            made.Read(word, line);
        }

        return made;
    }

    /// <summary>The definition for an object file.</summary>
    /// <param name="isForMond">Whether what was planted is in it.</param>
    public string Define(bool isForMond)
    {
        var text = new StringBuilder($"define {_type} {{\n");
        foreach ((var key, var value) in _lines)
        {
            text.Append("  ").Append(key).Append(' ')
                .Append(isForMond && _planted.TryGetValue(key, out var planted) ? planted : value).Append('\n');
        }

        return text.Append("}\n").ToString();
    }

    private void Read(string word, string line)
    {
        var isPlanted = word.StartsWith(Planted, StringComparison.Ordinal);
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw new ScriptException($"'{word}' has no value: {line}");
        }

        var key = word[(isPlanted ? Planted.Length : 0)..equals];
        if (key == "contact_groups")
        {
            _lines.RemoveAll(entry => entry.Key == "contacts");
        }

        if (isPlanted)
        {
            _planted[key] = word[(equals + 1)..];
        }
        else
        {
            Set(key, word[(equals + 1)..]);
        }
    }

    private void Set(string key, string value)
    {
        _lines.RemoveAll(entry => entry.Key == key);
        _lines.Add((key, value));
    }

    /// <summary>Words, which may have blanks between quotes.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var value in line + " ")
        {
            if (value == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (value != ' ' || isQuoted)
            {
                word.Append(value);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}
