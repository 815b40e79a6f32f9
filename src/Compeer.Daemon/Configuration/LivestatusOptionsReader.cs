using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Compeer.Livestatus.Scope;

namespace Compeer.Daemon.Configuration;

/// <summary>Reads the options of livestatus' <c>broker_module</c> line: words, each a path or <c>name=value</c>.</summary>
/// <param name="folder">Where relative paths begin.</param>
/// <param name="options">What holds where a line says nothing.</param>
internal sealed class LivestatusOptionsReader(string folder, LivestatusOptions options)
{
    private const long SmallestResponse = 1024;

    private readonly List<string> _findings = [];
    private readonly List<string> _withoutEffect = [];
    private bool _isAllowedSaid;

    /// <summary>What was read.</summary>
    public LivestatusOptions Options => options;

    /// <summary>What is to be said of it.</summary>
    public ImmutableArray<string> Findings => [
        .. _findings,
        .. _withoutEffect.Count == 0 ? Array.Empty<string>() : [$"without effect: {string.Join(", ", _withoutEffect)}"]];

    /// <summary>Reads the words behind the module's path.</summary>
    public void Read(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                options = options with { Socket = Absolute(word) };
            }
            else if (Problem(word[..equals], word[(equals + 1)..]) is { } problem)
            {
                _findings.Add($"{word}: {problem}; it is left out");
            }
        }

        Judge();
    }

    private static string? OnOff(string value) => value is "on" or "off" ? null : "on or off is needed";

    private static bool TryNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    private string Absolute(string path) => Path.GetFullPath(path, folder);

    /// <summary>Takes an option; what is wrong with its value, or null.</summary>
    private string? Problem(string name, string value)
    {
        switch (name)
        {
            case "inet_addr":
                return TakeAddress(value);
            case "allow":
                return TakeAllowed(value);
            case "tls":
                options = options with { IsEncrypted = value == "on" };
                return OnOff(value);
            case "tls_certificate":
                options = options with { CertificateFile = Absolute(value) };
                return null;
            case "tls_key":
                options = options with { KeyFile = Absolute(value) };
                return null;
            case "idle_timeout":
                return Take(value, 0, milliseconds => options = options with { IdleLimit = Limit(milliseconds) });
            case "query_timeout":
                return Take(value, 0, milliseconds => options = options with { RequestLimit = Limit(milliseconds) });
            case "max_backlog":
                return Take(value, 0, backlog => options = options with { Backlog = (int)backlog });
            case "max_response_size":
                return Take(value, SmallestResponse, size =>
                    options = options with { Limits = options.Limits with { MaxResponseBytes = size } });
            case "service_authorization" or "group_authorization":
                return TakeMode(name, value);
            case "data_encoding":
                options = options with { Limits = options.Limits with { IsLatin1 = value == "latin1" } };
                return value is "utf8" or "latin1" or "mixed" ? null : "utf8, latin1 or mixed is needed";
            case "hidden_custom_var_prefix":
                // Names are kept in capitals and without the underscore that definitions begin them with.
                options = options with { Limits = options.Limits with { HiddenVariables = value } };
                return null;
            case "pnp_path":
                options = options with { GraphFolder = Path.TrimEndingDirectorySeparator(Absolute(value)) };
                return Directory.Exists(options.GraphFolder) ? null : NoFolder();
            case "debug" or "log_file" or "max_cached_messages" or "max_lines_per_logfile" or "thread_stack_size"
                or "num_client_threads" or "livecheck":
                _withoutEffect.Add(name);
                return null;
            default:
                return "there is no such option";
        }
    }

    private string NoFolder()
    {
        options = options with { GraphFolder = null };
        return "there is no such folder";
    }

    private static TimeSpan? Limit(long milliseconds) => milliseconds == 0 ? null : TimeSpan.FromMilliseconds(milliseconds);

    private static string? Take(string value, long least, Action<long> take)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < least || number > int.MaxValue)
        {
            return $"a number from {least} to {int.MaxValue} is needed";
        }

        take(number);
        return null;
    }

    private string? TakeMode(string name, string value)
    {
        if (value is not ("strict" or "loose"))
        {
            return "strict or loose is needed";
        }

        var mode = value == "strict" ? AuthorizationMode.Strict : AuthorizationMode.Loose;
        options = options with
        {
            Limits = name == "service_authorization"
                ? options.Limits with { Services = mode }
                : options.Limits with { Groups = mode },
        };
        return null;
    }

    private string? TakeAddress(string value)
    {
        var colon = value.LastIndexOf(':');
        var host = colon < 0 ? "" : value[..colon].Trim('[', ']');
        if (!IPAddress.TryParse(host, out var address)
            || !ushort.TryParse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return "an address and a port are needed, as in 127.0.0.1:6557 or [::1]:6557";
        }

        options = options with { Address = new IPEndPoint(address, port) };
        return null;
    }

    private string? TakeAllowed(string value)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryNetwork(text, out var network))
            {
                return $"'{text}' is no address and no network, as 192.0.2.7 and 192.0.2.0/24 are";
            }

            networks.Add(network);
        }

        _isAllowedSaid = true;
        options = options with { Allowed = networks.ToImmutable() };
        return null;
    }

    /// <summary>Says what holds together in a way that nobody may expect.</summary>
    private void Judge()
    {
        if (options.Address is not { } address)
        {
            return;
        }

        if (!_isAllowedSaid && !IPAddress.IsLoopback(address.Address))
        {
            _findings.Add($"inet_addr={address}: only this machine may connect; allow=ADDRESS,NETWORK/BITS lets others in");
        }

        if (_isAllowedSaid && !options.IsEncrypted && options.Allowed.Any(network => !IPAddress.IsLoopback(network.BaseAddress)))
        {
            _findings.Add($"inet_addr={address}: what other machines ask and command is not encrypted; tls=on does");
        }
    }
}
