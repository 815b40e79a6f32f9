using System.Net;
using System.Text;
using Compeer.Daemon.Nsca.Ciphers;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Nsca;

/// <summary>Reads <c>nsca.cfg</c>, NSCA's own file, with <c>allowed_hosts</c> beside its keys (<c>read_config_file</c> of NSCA 2.10).
/// Keys of a program of its own mean nothing inside the daemon and are named.</summary>
internal static class NscaSettingsReader
{
    /// <summary>NSCA's port.</summary>
    public const int DefaultPort = 5667;

    private const int LongestAge = 900;
    private const int LongestPassword = 512;

    /// <summary>What a daemon of its own needs and this one does by itself.</summary>
    private static readonly HashSet<string> Needless = new(StringComparer.Ordinal)
    {
        "aggregate_writes",
        "alternate_dump_file",
        "append_to_file",
        "check_result_path",
        "command_file",
        "log_facility",
        "nsca_chroot",
        "nsca_group",
        "nsca_user",
        "pid_file",
    };

    /// <summary>Reads a file; null, with errors noted down in it, when it cannot be worked by.</summary>
    public static NscaSettings? Read(SettingsFile file)
    {
        var values = new Values();
        List<string> needless = [];
        foreach (var line in file.Lines)
        {
            if (Needless.Contains(line.Name))
            {
                needless.Add(line.Name);
            }
            else
            {
                Take(file, line, values);
            }
        }

        if (values.Method is null && !file.Lines.Any(line => line.Name == "decryption_method"))
        {
            file.Wrong("decryption_method is not set; NSCA takes 1 then, which protects nothing; set what the senders use");
        }

        if (values.Password.Length == 0 && values.Method is not { Number: 0 })
        {
            file.Wrong("password is not set");
        }

        if (file.Errors.Count > 0)
        {
            return null;
        }

        Warn(file, values, needless);
        return new NscaSettings(
            new IPEndPoint(values.Address, values.Port),
            values.Method!,
            values.Password,
            values.MaxPacketAge,
            values.AllowedHosts,
            values.TellsEach,
            values.ChecksNames);
    }

    private static void Take(SettingsFile file, in SettingsLine line, Values values)
    {
        switch (line.Name)
        {
            case "server_address":
                if (!IPAddress.TryParse(line.Value, out var address))
                {
                    file.Wrong(line, "it must be an address of this machine, 0.0.0.0 or ::");
                    break;
                }

                values.Address = address;
                break;
            case "server_port":
                values.Port = file.Number(line, 1, ushort.MaxValue) ?? values.Port;
                break;
            case "password":
                values.Password = Encoding.Latin1.GetBytes(line.Raw);
                if (values.Password.Length > LongestPassword)
                {
                    file.Wrong(line, $"it may have {LongestPassword} bytes");
                }

                break;
            case "decryption_method":
                if (!int.TryParse(line.Value, out var number) || EncryptionMethod.Find(number) is not { } method)
                {
                    var known = string.Join(", ", EncryptionMethod.All.Select(one => $"{one.Number} ({one.Name})"));
                    file.Wrong(line, $"there is no such method here; there are {known}");
                    break;
                }

                values.Method = method;
                break;
            case "max_packet_age":
                values.MaxPacketAge = TimeSpan.FromSeconds(file.Number(line, 0, LongestAge) ?? 0);
                break;
            case "allowed_hosts":
                if (AddressList.Parse(line.Value, out var problem) is not { } list)
                {
                    file.Wrong(line, problem);
                    break;
                }

                values.AllowedHosts = list;
                break;
            case "debug":
                values.TellsEach = file.Number(line, 0, int.MaxValue) > 0;
                break;
            case "strict_mode_spoofing":
                values.ChecksNames = file.Number(line, 0, int.MaxValue) > 0;
                break;
            default:
                file.Wrong(line, "there is no such setting");
                break;
        }
    }

    private static void Warn(SettingsFile file, Values values, List<string> needless)
    {
        if (values.Method is { IsWeak: true } method)
        {
            file.Warn($"decryption_method {method.Number} ({method.Name}) does not keep anybody from reading or forging results");
        }

        if (values.MaxPacketAge == TimeSpan.Zero)
        {
            file.Warn("max_packet_age is 0: packets that somebody recorded are taken again at any time");
        }

        if (file.IsOpenToOthers)
        {
            file.Warn("everybody on this machine may read the password; chmod o-rwx");
        }

        if (needless.Count > 0)
        {
            file.Warn($"without effect inside mond: {string.Join(", ", needless)}");
        }
    }

    private sealed class Values
    {
        public IPAddress Address { get; set; } = IPAddress.Loopback;

        public int Port { get; set; } = DefaultPort;

        public byte[] Password { get; set; } = [];

        public EncryptionMethod? Method { get; set; }

        public TimeSpan MaxPacketAge { get; set; } = TimeSpan.FromSeconds(30);

        public AddressList AllowedHosts { get; set; } = AddressList.Everybody;

        public bool TellsEach { get; set; }

        public bool ChecksNames { get; set; }
    }
}
